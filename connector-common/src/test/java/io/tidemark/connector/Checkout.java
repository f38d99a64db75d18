package io.tidemark.connector;

import java.nio.file.Files;
import java.nio.file.Path;

/** The source tree that the tests run in, from whichever directory of it. */
public final class Checkout {

  private Checkout() {}

  public static Path root() {
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
