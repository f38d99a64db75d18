package io.tidemark.sink.config;

import java.nio.file.Files;
import java.nio.file.Path;

/** The source tree that the tests run in, from whichever directory of it. */
final class Checkout {

  private Checkout() {}

  static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("mvnw"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("not inside a checkout: " + Path.of("").toAbsolutePath());
      }
    }
    return directory;
  }
}
