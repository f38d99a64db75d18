package io.tidemark.quickstart;

import java.io.IOException;

/**
 * One thing that the quickstart shows: a connector, and what an independent reader says about its
 * table.
 */
interface Part extends Orders.Listener {

  Connector connector();

  /** Prints the content of the table; returns whether it is as expected. */
  boolean judge(Terminal terminal) throws IOException;
}
