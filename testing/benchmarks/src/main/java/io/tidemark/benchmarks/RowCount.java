package io.tidemark.benchmarks;

import java.io.IOException;

/** How many records a reader of the result would find now. */
interface RowCount {

  /**
   * The records that are visible; 0 while the result does not exist.
   *
   * @throws IOException when what is being written cannot be read yet; the caller asks again
   */
  long records() throws IOException;
}
