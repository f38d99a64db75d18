package io.tidemark.expressions.syntax;

/**
 * A text in quotes, with Spark's escapes.
 *
 * @param value what it means
 * @param end index after the closing quote
 */
record TextLiteral(String value, int end) {

  /**
   * Reads a text.
   *
   * @param from index of the opening quote
   * @param raw whether backslashes mean themselves
   */
  static TextLiteral read(String text, int from, boolean raw) {
    char quote = text.charAt(from);
    StringBuilder value = new StringBuilder();
    int at = from + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == quote) {
        boolean doubled = !raw && at + 1 < text.length() && text.charAt(at + 1) == quote;
        if (!doubled) {
          return new TextLiteral(value.toString(), at + 1);
        }
        value.append(quote);
        at += 2;
      } else if (c == '\\' && !raw && at + 1 < text.length()) {
        at = escape(text, at, value);
      } else {
        value.append(c);
        at++;
      }
    }
    throw new SyntaxException(text, from, "The text has no closing quote");
  }

  /** The text in single quotes, as {@link #read} takes it. */
  static String quote(String value) {
    StringBuilder quoted = new StringBuilder("'");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\'' -> quoted.append("\\'");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        case '\0' -> quoted.append("\\u0000");
        default -> quoted.append(c);
      }
    }
    return quoted.append('\'').toString();
  }

  private static int escape(String text, int at, StringBuilder value) {
    char c = text.charAt(at + 1);
    if (c == 'u' && isHex(text, at + 2, 4)) {
      value.append((char) Integer.parseInt(text, at + 2, at + 6, 16));
      return at + 6;
    }
    if (c == 'U' && isHex(text, at + 2, 8)) {
      long point = Long.parseLong(text, at + 2, at + 10, 16);
      if (point > Character.MAX_CODE_POINT) {
        throw new SyntaxException(text, at, "This escape names no character of Unicode");
      }
      value.appendCodePoint((int) point);
      return at + 10;
    }
    if (c >= '0' && c <= '1' && isOctal(text, at + 2)) {
      value.append((char) Integer.parseInt(text, at + 1, at + 4, 8));
      return at + 4;
    }
    switch (c) {
      case '0' -> value.append('\0');
      case 'b' -> value.append('\b');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'Z' -> value.append('\u001a');
      case '%', '_' -> value.append('\\').append(c);
      default -> value.append(c);
    }
    return at + 2;
  }

  private static boolean isHex(String text, int from, int count) {
    if (from + count > text.length()) {
      return false;
    }
    for (int i = from; i < from + count; i++) {
      if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        return false;
      }
    }
    return true;
  }

  private static boolean isOctal(String text, int from) {
    return from + 2 <= text.length()
        && text.charAt(from) >= '0'
        && text.charAt(from) <= '7'
        && text.charAt(from + 1) >= '0'
        && text.charAt(from + 1) <= '7';
  }
}
