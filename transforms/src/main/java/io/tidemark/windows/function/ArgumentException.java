package io.tidemark.windows.function;

/** A function cannot take a value or a type; the message says which kind, never the value. */
public final class ArgumentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ArgumentException(String message) {
    super(message, null, false, false);
  }
}
