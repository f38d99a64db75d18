package io.tidemark.common;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * A failure that a person has to read: what failed and where, why, and what to do, after a stable
 * code such as {@code TM-301}. Made only by the error factory of each module. Messages name topics,
 * partitions, offsets, fields, tables, versions and files, never record values or secrets.
 */
public final class TidemarkException extends ConnectException {

  private static final long serialVersionUID = 1L;
  private static final Pattern CODE = Pattern.compile("TM-[1-9][0-9]{2}");

  private final String code;

  /**
   * @param code stable code, {@code TM-} and three digits; the first one names the module
   * @param message what failed and where, why, what to do; without the code
   * @param cause may be null
   */
  public TidemarkException(String code, String message, Throwable cause) {
    super(code + " " + message, cause);
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("not an error code: " + code);
    }
    this.code = code;
  }

  /**
   * A failure without a cause.
   *
   * @param code as in the constructor
   * @param template the message over several lines, which are joined by spaces, with {@code %s} and
   *     {@code %d} where the arguments go
   */
  public static TidemarkException of(String code, String template, Object... arguments) {
    return of(code, null, template, arguments);
  }

  /** The same with a cause, which may be null. */
  public static TidemarkException of(
      String code, Throwable cause, String template, Object... arguments) {
    return new TidemarkException(code, message(template, arguments), cause);
  }

  /** The template in one line, with its arguments as they are. */
  public static String message(String template, Object... arguments) {
    return String.format(Locale.ROOT, template.strip().replace('\n', ' '), arguments);
  }

  /** The stable code, as in {@code docs/reference/errors.md}. */
  public String code() {
    return code;
  }
}
