package io.tidemark.windows;

/**
 * A failure of a transformation that must end its task. An error and no exception, since Connect
 * takes any exception of a transformation for the record's fault, and leaves the record out with
 * {@code errors.tolerance=all}. The message begins with a stable code.
 */
public final class FatalError extends Error {

  private static final long serialVersionUID = 1L;

  /**
   * @param code stable code, as in {@code docs/reference/errors.md}
   * @param message what failed and where, why, what to do; without the code
   * @param cause may be null
   */
  public FatalError(String code, String message, Throwable cause) {
    super(code + " " + message, cause);
  }
}
