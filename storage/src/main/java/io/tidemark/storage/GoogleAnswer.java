package io.tidemark.storage;

/**
 * What Google Cloud Storage answered. The classes of its client are in an archive of their own, and
 * have other names there than elsewhere, so this knows them by the ends of their names.
 */
final class GoogleAnswer {

  /** Causes can be in a circle. */
  private static final int MAX_CAUSES = 20;

  private static final int STATUS_DIGITS = 3;

  private GoogleAnswer() {}

  /** The status of HTTP of the first answer among the causes of a failure; 0 when there is none. */
  static int status(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      int status = ownStatus(cause);
      if (status != 0) {
        return status;
      }
      cause = cause.getCause();
    }
    return 0;
  }

  /** The message of such an answer begins with the status. */
  static int ownStatus(Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    if (!cause.getClass().getName().matches("com\\.google\\..*ResponseException")
        || !text.matches("(?s)\\d{3}(\\D.*)?")) {
      return 0;
    }
    return Integer.parseInt(text.substring(0, STATUS_DIGITS));
  }
}
