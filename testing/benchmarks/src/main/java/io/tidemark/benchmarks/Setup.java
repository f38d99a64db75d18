package io.tidemark.benchmarks;

import java.nio.file.Path;

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
