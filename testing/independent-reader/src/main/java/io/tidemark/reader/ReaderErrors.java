package io.tidemark.reader;

import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.nio.file.Path;

/** Every error of the independent readers, codes {@code TM-95x}. */
final class ReaderErrors {

  private ReaderErrors() {}

  static TidemarkException refused(String sql, String reason) {
    return TidemarkException.of("TM-951", "Spark refused %s: %s", sql, reason);
  }

  static TidemarkException unexpectedAnswer(String question, Path log) {
    return TidemarkException.of(
        "TM-952", "Spark did not answer %s. Check its log %s.", question, log);
  }

  static TidemarkException unreadable(String what, IOException cause) {
    return TidemarkException.of("TM-953", cause, "Cannot read %s: %s", what, cause.getMessage());
  }
}
