package io.tidemark.sink.file;

import java.io.IOException;

/**
 * The owner of data files that are being written.
 *
 * @param name prefix of the names of all its files, never reused
 * @param registry is called for every table before the first file in it
 */
public record FileOwner(String name, Registry registry) {

  /** Where an owner is registered, so that its files can be found after any failure. */
  @FunctionalInterface
  public interface Registry {

    /** A file of this table is going to be created; may be called again. */
    void beforeFile(String table) throws IOException;
  }
}
