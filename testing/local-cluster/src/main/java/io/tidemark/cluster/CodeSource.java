package io.tidemark.cluster;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where a class was loaded from: the jar, or the directory of classes. */
public final class CodeSource {

  private CodeSource() {}

  /** An entry for a class path. */
  public static Path of(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no place known for " + type, e);
    }
  }
}
