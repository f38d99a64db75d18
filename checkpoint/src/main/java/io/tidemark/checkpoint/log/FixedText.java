package io.tidemark.checkpoint.log;

import java.util.Optional;

/**
 * Numbers as parts of file names: joined by {@code -}, and filled with zeros so that names sort as
 * numbers do. Listings parse many of them.
 */
final class FixedText {

  private FixedText() {}

  /** Appends a number in this radix with at least {@code digits} digits. */
  static void append(StringBuilder text, long number, int radix, int digits) {
    String plain = Long.toString(number, radix);
    for (int length = plain.length(); length < digits; length++) {
      text.append('0');
    }
    text.append(plain);
  }

  /**
   * The parts between the dashes; empty unless there are exactly {@code count}, all of them
   * non-empty.
   */
  static Optional<String[]> parts(String text, int count) {
    String[] parts = new String[count];
    int start = 0;
    for (int part = 0; part < count; part++) {
      int end = part == count - 1 ? text.length() : text.indexOf('-', start);
      if (end <= start) {
        return Optional.empty();
      }
      parts[part] = text.substring(start, end);
      start = end + 1;
    }
    return Optional.of(parts);
  }

  /** The number in such a part; -1 when it is not a number of at least {@code digits} digits. */
  static int number(String part, int radix, int digits) {
    if (part.length() < digits || part.length() > 9) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < part.length(); i++) {
      int digit = digit(part.charAt(i));
      if (digit >= radix) {
        return -1;
      }
      number = number * radix + digit;
    }
    return number;
  }

  /** Whether the part has only digits of this radix; digits above 9 are lower-case letters. */
  static boolean isNumber(String part, int radix) {
    for (int i = 0; i < part.length(); i++) {
      if (digit(part.charAt(i)) >= radix) {
        return false;
      }
    }
    return true;
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'z' ? c - 'a' + 10 : Integer.MAX_VALUE;
  }
}
