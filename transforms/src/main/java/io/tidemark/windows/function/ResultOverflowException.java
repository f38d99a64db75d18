package io.tidemark.windows.function;

/** A result does not fit its type; the message names function and type, never the value. */
public final class ResultOverflowException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ResultOverflowException(String message) {
    super(message);
  }
}
