package io.tidemark.delta.read;

import java.io.IOException;

/** A version that cannot be read any more, since its part of the log has been removed. */
public final class MissingVersionException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long version;
  private final long earliest;
  private final boolean untold;

  /**
   * @param version the version wanted
   * @param earliest the earliest commit that is still there; -1 when unknown
   */
  public MissingVersionException(String location, long version, long earliest, Throwable cause) {
    this(
        "version "
            + version
            + " of "
            + location
            + " is not in the log, which begins at "
            + earliest,
        version,
        earliest,
        false,
        cause);
  }

  private MissingVersionException(
      String message, long version, long earliest, boolean untold, Throwable cause) {
    super(message, cause);
    this.version = version;
    this.earliest = earliest;
    this.untold = untold;
  }

  /**
   * The log has the commit, but nothing that tells the columns of its rows.
   *
   * @param toldFrom the earliest version after it of which they are told
   */
  public static MissingVersionException untold(
      String location, long version, long toldFrom, Throwable cause) {
    return new MissingVersionException(
        "the log of "
            + location
            + " does not tell the columns of the rows of version "
            + version
            + ", but from "
            + toldFrom
            + " on",
        version,
        toldFrom,
        true,
        cause);
  }

  /** Whether the commit is there, and what is missing are the columns of its rows. */
  public boolean isUntold() {
    return untold;
  }

  public long version() {
    return version;
  }

  public long earliest() {
    return earliest;
  }
}
