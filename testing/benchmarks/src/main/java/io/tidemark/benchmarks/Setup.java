package io.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where a run finds what was built, and where it writes.
 *
 * @param root of the repository
 * @param pluginZip the built zip
 * @param directory for everything that this run writes; absent or empty
 * @param cache for the jars of peers, which later runs use again
 * @param options of the command line
 */
record Setup(Path root, Path pluginZip, Path directory, Path cache, Options options) {

  Setup {
    root = root.toAbsolutePath();
    pluginZip = pluginZip.toAbsolutePath();
    directory = directory.toAbsolutePath();
    cache = cache.toAbsolutePath();
  }

  /** Fails with TM-989 when the directory has files, among them those of an older broker. */
  void requireEmpty() {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      if (files.findAny().isPresent()) {
        throw BenchmarkErrors.directoryUsed(directory);
      }
    } catch (IOException e) {
      throw BenchmarkErrors.fileFailed("list", directory, e);
    }
  }

  /** The description of a connector. */
  Path connector(String file) {
    return root.resolve("testing/benchmarks/connectors").resolve(file);
  }

  /** The version of what is measured, out of the name of the zip. */
  String version() {
    String name = pluginZip.getFileName().toString();
    return name.replaceAll("^tidemark-kafka-connect-delta-|\\.zip$", "");
  }
}
