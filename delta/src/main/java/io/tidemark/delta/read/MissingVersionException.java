package io.tidemark.delta.read;

import io.tidemark.common.TidemarkException;
import java.io.IOException;

/** A version cannot be read any more, because its part of the log has been removed. */
public final class MissingVersionException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long version;
  private final long earliest;
  private final boolean columnsUnknown;

  /**
   * @param version the version wanted
   * @param earliest version of the earliest commit in the log; -1 when unknown
   */
  public MissingVersionException(String location, long version, long earliest, Throwable cause) {
    this(
        TidemarkException.message(
            "Version %d of %s is not in the log, which begins at version %d",
            version, location, earliest),
        version,
        earliest,
        false,
        cause);
  }

  private MissingVersionException(
      String message, long version, long earliest, boolean columnsUnknown, Throwable cause) {
    super(message, cause);
    this.version = version;
    this.earliest = earliest;
    this.columnsUnknown = columnsUnknown;
  }

  /**
   * The log has the commit, but the metadata with the columns of its rows has been removed.
   *
   * @param describedFrom the first later version whose columns are known
   */
  public static MissingVersionException columnsUnknown(
      String location, long version, long describedFrom, Throwable cause) {
    return new MissingVersionException(
        TidemarkException.message(
            """
            The log of %s does not have the columns of version %d: they are known from version %d
            on only
            """,
            location, version, describedFrom),
        version,
        describedFrom,
        true,
        cause);
  }

  /** Whether the log has the commit and lacks only the columns of its rows. */
  public boolean areColumnsUnknown() {
    return columnsUnknown;
  }

  public long version() {
    return version;
  }

  public long earliest() {
    return earliest;
  }
}
