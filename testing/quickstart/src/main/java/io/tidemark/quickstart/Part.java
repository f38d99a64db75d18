package io.tidemark.quickstart;

import java.io.IOException;

/**
 * One thing that the quickstart shows: a connector, and what an independent reader says about its
 * table.
 */
interface Part extends Orders.Listener {

  Connector connector();

  /** Tells what is in the table; returns whether it is what should be there. */
  boolean judge(Terminal terminal) throws IOException;
}
