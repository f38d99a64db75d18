package io.tidemark.sink.file;

import java.io.IOException;

/**
 * On whose behalf data files are written.
 *
 * @param name what the names of all its files begin with, unique for ever
 * @param registry hears of every table before the first file in it
 */
public record FileOwner(String name, Registry registry) {

  /** Where an owner is registered, so that its files can be found whatever becomes of it. */
  @FunctionalInterface
  public interface Registry {

    /** A file of this table is going to be created; may be called again. */
    void beforeFile(String table) throws IOException;
  }
}
