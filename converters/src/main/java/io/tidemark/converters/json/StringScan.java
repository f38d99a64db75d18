package io.tidemark.converters.json;

/** Checks one string: control characters, escapes with pairs of surrogates, strict UTF-8. */
final class StringScan {

  private final byte[] text;
  private boolean escaped;

  StringScan(byte[] text) {
    this.text = text;
  }

  /** Whether the last string had an escape. */
  boolean isEscaped() {
    return escaped;
  }

  /** The position of the quote that ends the string which begins at {@code start}. */
  int end(int start) {
    escaped = false;
    int at = start;
    while (at < text.length) {
      byte next = text[at];
      if (next >= 0x20) {
        if (next == '"') {
          return at;
        }
        at = next == '\\' ? escape(at) : at + 1;
      } else if (next >= 0) {
        throw new JsonSyntaxException(
            at, "a string has a control character that is not escaped", false);
      } else {
        at = character(at);
      }
    }
    throw new JsonSyntaxException(text.length, "the text ends inside a string", false);
  }

  /** The position after the escape at {@code at}. */
  private int escape(int at) {
    escaped = true;
    byte letter = byteAt(at + 1);
    if (letter != 'u') {
      if (Strings.simple(letter) == 0) {
        throw new JsonSyntaxException(at, "a string has an unknown escape", false);
      }
      return at + 2;
    }
    char unit = unit(at);
    if (!Character.isSurrogate(unit)) {
      return at + 6;
    }
    boolean pair =
        Character.isHighSurrogate(unit)
            && at + 7 < text.length
            && text[at + 6] == '\\'
            && text[at + 7] == 'u'
            && Character.isLowSurrogate(unit(at + 6));
    if (!pair) {
      throw new JsonSyntaxException(at, "a string has half of a surrogate pair", false);
    }
    return at + 12;
  }

  private char unit(int at) {
    int unit = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = Strings.hex(byteAt(i));
      if (digit < 0) {
        throw new JsonSyntaxException(i, "an escape does not have four hexadecimal digits", false);
      }
      unit = (unit << 4) | digit;
    }
    return (char) unit;
  }

  private byte byteAt(int at) {
    if (at >= text.length) {
      throw new JsonSyntaxException(text.length, "the text ends inside a string", false);
    }
    return text[at];
  }

  /** The position after the character beyond ASCII at {@code at}. */
  private int character(int at) {
    int first = text[at] & 0xff;
    int second = at + 1 < text.length ? text[at + 1] & 0xff : 0;
    if (first >= 0xc2 && first <= 0xdf && isContinued(at, 1)) {
      return at + 2;
    }
    boolean three =
        first == 0xe0
            ? second >= 0xa0
            : first == 0xed ? second <= 0x9f : first > 0xe0 && first <= 0xef;
    if (three && isContinued(at, 2)) {
      return at + 3;
    }
    boolean four =
        first == 0xf0
            ? second >= 0x90
            : first == 0xf4 ? second <= 0x8f : first > 0xf0 && first < 0xf4;
    if (four && isContinued(at, 3)) {
      return at + 4;
    }
    throw new JsonSyntaxException(at, "a string is not valid UTF-8", false);
  }

  private boolean isContinued(int at, int bytes) {
    if (at + bytes >= text.length) {
      return false;
    }
    for (int i = at + 1; i <= at + bytes; i++) {
      if ((text[i] & 0xc0) != 0x80) {
        return false;
      }
    }
    return true;
  }
}
