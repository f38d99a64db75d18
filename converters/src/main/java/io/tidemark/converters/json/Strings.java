package io.tidemark.converters.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The text of a checked string between its quotes. */
public final class Strings {

  private Strings() {}

  /** The text as characters. */
  public static String text(byte[] bytes, int start, int end, boolean escaped) {
    if (!escaped) {
      return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
    byte[] decoded = new byte[end - start];
    return new String(decoded, 0, decode(bytes, start, end, decoded, 0), StandardCharsets.UTF_8);
  }

  /** The text as UTF-8, which is the part of {@code bytes} itself unless it is escaped. */
  public static byte[] utf8(byte[] bytes, int start, int end, boolean escaped) {
    if (!escaped) {
      return Arrays.copyOfRange(bytes, start, end);
    }
    byte[] decoded = new byte[end - start];
    return Arrays.copyOf(decoded, decode(bytes, start, end, decoded, 0));
  }

  /**
   * Writes the text as UTF-8, which never needs more bytes than it has with its escapes.
   *
   * @return the position after the last byte written
   */
  public static int decode(byte[] bytes, int start, int end, byte[] target, int begin) {
    int to = begin;
    int at = start;
    while (at < end) {
      byte next = bytes[at];
      if (next != '\\') {
        target[to++] = next;
        at++;
      } else if (bytes[at + 1] != 'u') {
        target[to++] = simple(bytes[at + 1]);
        at += 2;
      } else {
        int point = unit(bytes, at + 2);
        at += 6;
        if (Character.isHighSurrogate((char) point)) {
          point = Character.toCodePoint((char) point, (char) unit(bytes, at + 2));
          at += 6;
        }
        to = encode(point, target, to);
      }
    }
    return to;
  }

  /** The byte that a backslash and a letter stand for; 0 when they stand for none. */
  static byte simple(byte letter) {
    return switch (letter) {
      case '"', '\\', '/' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> 0;
    };
  }

  /** The UTF-16 unit of four hexadecimal digits. */
  private static int unit(byte[] bytes, int at) {
    return (hex(bytes[at]) << 12)
        | (hex(bytes[at + 1]) << 8)
        | (hex(bytes[at + 2]) << 4)
        | hex(bytes[at + 3]);
  }

  /** The value of a hexadecimal digit, or -1. */
  static int hex(byte digit) {
    if (digit >= '0' && digit <= '9') {
      return digit - '0';
    }
    int letter = digit | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }

  private static int encode(int point, byte[] target, int begin) {
    int to = begin;
    if (point < 0x80) {
      target[to++] = (byte) point;
    } else if (point < 0x800) {
      target[to++] = (byte) (0xc0 | (point >> 6));
      target[to++] = (byte) (0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
      target[to++] = (byte) (0xe0 | (point >> 12));
      target[to++] = (byte) (0x80 | ((point >> 6) & 0x3f));
      target[to++] = (byte) (0x80 | (point & 0x3f));
    } else {
      target[to++] = (byte) (0xf0 | (point >> 18));
      target[to++] = (byte) (0x80 | ((point >> 12) & 0x3f));
      target[to++] = (byte) (0x80 | ((point >> 6) & 0x3f));
      target[to++] = (byte) (0x80 | (point & 0x3f));
    }
    return to;
  }
}
