package io.tidemark.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The local disk of a world's machines, which is a real one: RocksDB writes and reads files. What
 * lies there at the end is deleted; a machine that dies takes nothing from it to its successor,
 * since every file has a name that is used once.
 */
final class Scratch {

  private Path directory;

  /** Where to put files; made with the first call. */
  Path directory() {
    if (directory == null) {
      try {
        directory = Files.createTempDirectory("tidemark-simulation-");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return directory;
  }

  /** Deletes all that is there. */
  void delete() {
    if (directory == null) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
