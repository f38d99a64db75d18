package io.tidemark.simulation;

/** An invariant does not hold. */
public final class Violation extends Error {

  private static final long serialVersionUID = 1L;

  Violation(String message) {
    super(message);
  }

  Violation(String message, Throwable cause) {
    super(message, cause);
  }
}
