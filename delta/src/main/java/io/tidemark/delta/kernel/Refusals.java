package io.tidemark.delta.kernel;

import io.tidemark.common.TidemarkException;

/** Makes the errors of a writer, or of a reader, for tables that it cannot use. */
public interface Refusals {

  /**
   * This Kernel does not support the table's protocol.
   *
   * @param cause its message names versions or features
   */
  TidemarkException unsupported(String location, Exception cause);

  /** Only a catalog knows the commits of the table. */
  TidemarkException catalogManaged(String location);

  /**
   * The log is damaged, or Kernel cannot read it as a Delta log.
   *
   * @param why a sentence without values of records
   * @param cause an exception without values of records
   */
  TidemarkException unreadable(String location, String why, Exception cause);
}
