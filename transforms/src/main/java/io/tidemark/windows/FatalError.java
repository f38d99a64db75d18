package io.tidemark.windows;

import io.tidemark.common.TidemarkException;

/**
 * A failure of a transformation that must end its task. It is an error, not an exception: Connect
 * attributes every exception of a transformation to the record, and drops the record with {@code
 * errors.tolerance=all}. The message begins with a stable code.
 */
public final class FatalError extends Error {

  private static final long serialVersionUID = 1L;

  private FatalError(String code, String message, Throwable cause) {
    super(code + " " + message, cause);
  }

  /** A failure without a cause; the arguments are those of {@link TidemarkException#of}. */
  public static FatalError of(String code, String template, Object... arguments) {
    return of(code, null, template, arguments);
  }

  /** The same with a cause, which may be null. */
  public static FatalError of(String code, Throwable cause, String template, Object... arguments) {
    return new FatalError(code, TidemarkException.message(template, arguments), cause);
  }
}
