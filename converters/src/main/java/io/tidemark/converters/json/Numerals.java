package io.tidemark.converters.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** What a checked number says. */
public final class Numerals {

  /** Digits that fit a long, whatever they are. */
  private static final int SURE_DIGITS = 18;

  /** Digits that a double keeps, so that the number has them again in its shortest text. */
  private static final int DOUBLE_DIGITS = 15;

  /** Powers of ten that a double holds exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final byte[] LOWEST = "9223372036854775808".getBytes(StandardCharsets.US_ASCII);

  private Numerals() {}

  /** Whether a number without fraction and exponent is one of 64 bits. */
  public static boolean fitsLong(byte[] text, int start, int end) {
    boolean negative = text[start] == '-';
    int first = negative ? start + 1 : start;
    int digits = end - first;
    if (digits <= SURE_DIGITS) {
      return true;
    }
    if (digits > LOWEST.length) {
      return false;
    }
    for (int i = 0; i < LOWEST.length; i++) {
      if (text[first + i] != LOWEST[i]) {
        return text[first + i] < LOWEST[i];
      }
    }
    return negative;
  }

  /** The number, when {@link #fitsLong} holds. */
  public static long longValue(byte[] text, int start, int end) {
    boolean negative = text[start] == '-';
    long value = 0;
    for (int i = negative ? start + 1 : start; i < end; i++) {
      value = value * 10 - (text[i] - '0');
    }
    return negative ? value : -value;
  }

  /** The nearest double; infinite when there is none. */
  public static double doubleValue(byte[] text, int start, int end) {
    boolean negative = text[start] == '-';
    long digits = 0;
    int count = 0;
    int fraction = 0;
    boolean point = false;
    for (int i = negative ? start + 1 : start; i < end; i++) {
      byte next = text[i];
      if (next == '.') {
        point = true;
        continue;
      }
      if (next < '0' || count == DOUBLE_DIGITS || next > '9') {
        return Double.parseDouble(ascii(text, start, end));
      }
      digits = digits * 10 + next - '0';
      count += digits == 0 ? 0 : 1;
      fraction += point ? 1 : 0;
    }
    if (fraction >= POWERS.length) {
      return Double.parseDouble(ascii(text, start, end));
    }
    // Both are exact, so the quotient is rounded once, as the nearest double is.
    double value = digits / POWERS[fraction];
    return negative ? -value : value;
  }

  /** All digits of the number, at the scale they are written with. */
  public static BigDecimal decimalValue(byte[] text, int start, int end) {
    return new BigDecimal(ascii(text, start, end));
  }

  /** The double whose shortest text is this number, otherwise the decimal. */
  public static Number exactValue(byte[] text, int start, int end) {
    double nearest = doubleValue(text, start, end);
    if (end - start <= DOUBLE_DIGITS && !hasExponent(text, start, end)) {
      return nearest;
    }
    BigDecimal decimal = decimalValue(text, start, end);
    boolean same =
        Double.isFinite(nearest)
            && decimal.compareTo(new BigDecimal(Double.toString(nearest))) == 0;
    return same ? (Number) nearest : decimal;
  }

  private static boolean hasExponent(byte[] text, int start, int end) {
    for (int i = start; i < end; i++) {
      if ((text[i] | 0x20) == 'e') {
        return true;
      }
    }
    return false;
  }

  private static String ascii(byte[] text, int start, int end) {
    return new String(text, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
