package io.tidemark.delta.read;

import java.io.IOException;

/** A version that cannot be read any more, since log retention has removed its part of the log. */
public final class MissingVersionException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long version;
  private final long earliest;

  /**
   * @param version the version wanted
   * @param earliest the earliest commit that is still there; -1 when unknown
   */
  public MissingVersionException(String location, long version, long earliest, Throwable cause) {
    super(
        "version "
            + version
            + " of "
            + location
            + " is not in the log, which begins at "
            + earliest,
        cause);
    this.version = version;
    this.earliest = earliest;
  }

  public long version() {
    return version;
  }

  public long earliest() {
    return earliest;
  }
}
