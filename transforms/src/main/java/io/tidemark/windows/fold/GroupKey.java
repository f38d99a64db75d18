package io.tidemark.windows.fold;

import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The values of the group-by fields as bytes: equal groups have equal bytes, and no key is a prefix
 * of another. Each value is a tag followed by its content; null and booleans have no content:
 *
 * <pre>
 *   1 null   2 false   3 true
 *   4 whole number, date, time   8 bytes, sign bit flipped
 *   5 floating number            8 bytes of its bits; -0.0 is 0.0, one NaN
 *   6 decimal                    unscaled digits and scale as text, without trailing zeros
 *   7 text in UTF-8    8 bytes   0 is written as 0 255, the end as 0 0
 *   9 text of a UUID             its 16 bytes; only the text that UUID.toString gives
 * </pre>
 */
public final class GroupKey {

  private static final int NULL = 1;
  private static final int FALSE = 2;
  private static final int TRUE = 3;
  private static final int WHOLE = 4;
  private static final int FLOATING = 5;
  private static final int DECIMAL = 6;
  private static final int TEXT = 7;
  private static final int BYTES = 8;
  private static final int UUID_TEXT = 9;
  private static final int ESCAPED = 255;
  private static final int UUID_LENGTH = 36;
  private static final long UUID_DASHES = 1L << 8 | 1L << 13 | 1L << 18 | 1L << 23;

  private GroupKey() {}

  /**
   * Appends one value.
   *
   * @param value null, or of a class that aggregate functions take
   */
  public static void write(Object value, ByteWriter out) {
    if (value == null) {
      out.writeByte(NULL);
    } else if (value instanceof String text) {
      if (text.length() != UUID_LENGTH || !writeUuid(text, out)) {
        out.writeByte(TEXT);
        writeText(text, out);
      }
    } else if (value instanceof Long number) {
      out.writeByte(WHOLE);
      out.writeLong(number ^ Long.MIN_VALUE);
    } else if (value instanceof Boolean bool) {
      out.writeByte(bool ? TRUE : FALSE);
    } else if (value instanceof Double number) {
      out.writeByte(FLOATING);
      out.writeLong(Double.doubleToLongBits(number == 0 ? 0.0 : number));
    } else if (value instanceof BigDecimal number) {
      BigDecimal stripped = number.stripTrailingZeros();
      out.writeByte(DECIMAL);
      writeText(stripped.unscaledValue() + "/" + stripped.scale(), out);
    } else if (value instanceof byte[] bytes) {
      out.writeByte(BYTES);
      writeEscaped(bytes, out);
    } else {
      throw new IllegalArgumentException("no key is made of " + value.getClass().getName());
    }
  }

  /** Reads one value. */
  public static Object read(ByteReader in) {
    int tag = in.readByte();
    return switch (tag) {
      case NULL -> null;
      case FALSE -> false;
      case TRUE -> true;
      case WHOLE -> in.readLong() ^ Long.MIN_VALUE;
      case FLOATING -> Double.longBitsToDouble(in.readLong());
      case DECIMAL -> decimal(new String(readEscaped(in), StandardCharsets.US_ASCII));
      case TEXT -> new String(readEscaped(in), StandardCharsets.UTF_8);
      case BYTES -> readEscaped(in);
      case UUID_TEXT -> new UUID(in.readLong(), in.readLong()).toString();
      default -> throw new IllegalArgumentException("a group key has the unknown tag " + tag);
    };
  }

  private static BigDecimal decimal(String text) {
    int slash = text.indexOf('/');
    return new BigDecimal(
        new BigInteger(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  /**
   * Ids of events are often UUIDs, which take less than half the space so. Any other spelling, with
   * capital letters for example, is a text of its own.
   *
   * @return false, with nothing written, when the text is not one
   */
  private static boolean writeUuid(String text, ByteWriter out) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < UUID_LENGTH; i++) {
      char c = text.charAt(i);
      if (((UUID_DASHES >> i) & 1) != 0) {
        if (c != '-') {
          return false;
        }
        continue;
      }
      int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
      if (digit < 0) {
        return false;
      }
      high = high << 4 | low >>> 60;
      low = low << 4 | digit;
    }
    out.writeByte(UUID_TEXT);
    out.writeLong(high);
    out.writeLong(low);
    return true;
  }

  /** ASCII text is written without a temporary array. */
  private static void writeText(String text, ByteWriter out) {
    int start = out.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || c >= 0x80) {
        out.truncate(start);
        writeEscaped(text.getBytes(StandardCharsets.UTF_8), out);
        return;
      }
      out.writeByte(c);
    }
    end(out);
  }

  private static void writeEscaped(byte[] bytes, ByteWriter out) {
    for (byte b : bytes) {
      out.writeByte(b);
      if (b == 0) {
        out.writeByte(ESCAPED);
      }
    }
    end(out);
  }

  private static void end(ByteWriter out) {
    out.writeByte(0);
    out.writeByte(0);
  }

  private static byte[] readEscaped(ByteReader in) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (true) {
      int next = in.readByte();
      if (next == 0 && in.readByte() == 0) {
        return bytes.toByteArray();
      }
      bytes.write(next);
    }
  }
}
