package io.tidemark.delta.value;

/**
 * A value that its column cannot hold. Names the field and the reason, never the value. Has no
 * stack trace: it is about data, and there may be many.
 */
public class ValueException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String path;
  private final String reason;

  /**
   * @param path the field, empty for the whole value
   * @param reason a clause such as {@code double does not fit long without loss}
   */
  public ValueException(String path, String reason) {
    super((path.isEmpty() ? "the value" : "field " + path) + ": " + reason, null, false, false);
    this.path = path;
    this.reason = reason;
  }

  /** The field, dotted; empty when the whole value is meant. */
  public String path() {
    return path;
  }

  /** Why it does not fit. */
  public String reason() {
    return reason;
  }
}
