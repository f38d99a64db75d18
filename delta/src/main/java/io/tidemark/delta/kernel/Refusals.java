package io.tidemark.delta.kernel;

import io.tidemark.common.TidemarkException;

/** What a writer or a reader says of a table that it cannot work with. */
public interface Refusals {

  /**
   * The table's protocol is beyond this Kernel.
   *
   * @param cause its message names versions or features
   */
  TidemarkException unsupported(String location, Exception cause);

  /** Only a catalog knows the commits of the table. */
  TidemarkException catalogManaged(String location);

  /**
   * The log is damaged, or is not what Kernel takes for one.
   *
   * @param why a sentence, without values of records
   * @param cause without values of records
   */
  TidemarkException unreadable(String location, String why, Exception cause);
}
