package io.tidemark.delta.read;

import java.io.IOException;

/** A data file that the log names and that is not there, as VACUUM leaves it. */
public final class MissingFileException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long version;
  private final String path;

  /**
   * @param version the version that it was to be read in
   * @param path as the log has it
   */
  public MissingFileException(String location, long version, String path, Throwable cause) {
    super("file " + path + " of version " + version + " of " + location + " is gone", cause);
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
