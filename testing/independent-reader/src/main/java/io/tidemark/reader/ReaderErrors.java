package io.tidemark.reader;

import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.nio.file.Path;

/** Every error of the independent readers, codes {@code TM-95x}. */
final class ReaderErrors {

  private ReaderErrors() {}

  static TidemarkException refused(String sql, String reason) {
    return new TidemarkException("TM-951", "Spark refused %s: %s".formatted(sql, reason), null);
  }

  static TidemarkException unexpectedAnswer(String question, Path log) {
    return new TidemarkException(
        "TM-952", "Spark did not answer %s. Look into its log %s.".formatted(question, log), null);
  }

  static TidemarkException unreadable(String what, IOException cause) {
    return new TidemarkException(
        "TM-953", "Cannot read %s: %s".formatted(what, cause.getMessage()), cause);
  }
}
