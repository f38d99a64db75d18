package io.tidemark.converters.json;

/** Checks one number: its grammar, its length, and whether a double or a decimal can hold it. */
final class NumberScan {

  /** Digits before the point that every double has, whatever they are. */
  private static final int SURE_DIGITS = 308;

  private final byte[] text;
  private final boolean exact;
  private boolean decimal;

  /**
   * @param exact whether decimals keep all their digits, so that a double need not hold them
   */
  NumberScan(byte[] text, boolean exact) {
    this.text = text;
    this.exact = exact;
  }

  /** Whether the last number had a fraction or an exponent. */
  boolean isDecimal() {
    return decimal;
  }

  /** The position after the number that begins at {@code start}. */
  int end(int start) {
    decimal = false;
    int digits = text[start] == '-' ? start + 1 : start;
    int at = digits(digits);
    if (at - digits > 1 && text[digits] == '0') {
      throw new JsonSyntaxException(digits, "a number begins with a zero too many", false);
    }
    long power = (long) at - digits;
    if (at < text.length && text[at] == '.') {
      decimal = true;
      at = digits(at + 1);
    }
    if (at < text.length && (text[at] | 0x20) == 'e') {
      decimal = true;
      int sign = at + 1;
      boolean signed = sign < text.length && (text[sign] == '+' || text[sign] == '-');
      int first = signed ? sign + 1 : sign;
      at = digits(first);
      long exponent = exponent(first, at);
      if (exponent > Limits.EXPONENT) {
        throw new JsonSyntaxException(start, "the exponent of a number is too large", true);
      }
      power += signed && text[sign] == '-' ? -exponent : exponent;
    }
    checked(start, at);
    if (decimal && !exact && power > SURE_DIGITS) {
      ensureFinite(start, at);
    }
    return at;
  }

  private void ensureFinite(int start, int end) {
    if (Double.isInfinite(Numerals.doubleValue(text, start, end))) {
      throw new JsonSyntaxException(
          start, "a number is too large for a double, and decimal.values=double", true);
    }
  }

  private int checked(int start, int end) {
    if (end - start > Limits.NUMBER_BYTES) {
      throw new JsonSyntaxException(
          start, "a number has more than " + Limits.NUMBER_BYTES + " characters", true);
    }
    return end;
  }

  private int digits(int start) {
    int at = start;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    if (at == start) {
      throw new JsonSyntaxException(at, "a number lacks a digit", false);
    }
    return at;
  }

  /** The exponent without its sign, or a larger one than any limit. */
  private long exponent(int start, int end) {
    long exponent = 0;
    for (int i = start; i < end && exponent <= Integer.MAX_VALUE; i++) {
      exponent = exponent * 10 + text[i] - '0';
    }
    return exponent;
  }
}
