package io.tidemark.delta.read;

import java.io.IOException;

/** The log names a data file that does not exist any more, for example after VACUUM. */
public final class MissingFileException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long version;
  private final String path;

  /**
   * @param version the version for which the file was read
   * @param path as in the log
   */
  public MissingFileException(String location, long version, String path, Throwable cause) {
    super("File " + path + " of version " + version + " of " + location + " is missing", cause);
    this.version = version;
    this.path = path;
  }

  public long version() {
    return version;
  }

  public String path() {
    return path;
  }
}
