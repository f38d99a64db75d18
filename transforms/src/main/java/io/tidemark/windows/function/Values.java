package io.tidemark.windows.function;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The values that functions take: their order, their bytes and their conversion to a column. */
final class Values {

  private static final int NULL = 0;
  private static final int FALSE = 1;
  private static final int TRUE = 2;
  private static final int WHOLE = 3;
  private static final int FLOATING = 4;
  private static final int DECIMAL = 5;
  private static final int TEXT = 6;
  private static final int BYTES = 7;

  private Values() {}

  /** Orders values of one kind, and numbers of all kinds by size; NaN is the largest number. */
  static int compare(Object one, Object other) {
    if (one instanceof Long a && other instanceof Long b) {
      return Long.compare(a, b);
    }
    if (one instanceof String a && other instanceof String b) {
      return compareText(a, b);
    }
    if (one instanceof Number a && other instanceof Number b) {
      return compareNumbers(a, b);
    }
    if (one instanceof Boolean a && other instanceof Boolean b) {
      return Boolean.compare(a, b);
    }
    if (one instanceof byte[] a && other instanceof byte[] b) {
      return Arrays.compareUnsigned(a, b);
    }
    return Integer.compare(tag(one), tag(other));
  }

  /** By code points, which is the order of the UTF-8 bytes. */
  private static int compareText(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean surrogates = Character.isSurrogate(a) || Character.isSurrogate(b);
        return surrogates && Character.isSurrogate(a) != Character.isSurrogate(b)
            ? (Character.isSurrogate(a) ? 1 : -1)
            : Character.compare(a, b);
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  private static int compareNumbers(Number one, Number other) {
    if (one instanceof Double a && other instanceof Double b) {
      return compareFloating(a, b);
    }
    return isFinite(one) && isFinite(other)
        ? decimal(one).compareTo(decimal(other))
        : Double.compare(one.doubleValue(), other.doubleValue());
  }

  /** By size; NaN is the largest, and both zeros are equal. */
  static int compareFloating(double one, double other) {
    return one == other ? 0 : Double.compare(one, other);
  }

  static boolean isFinite(Number number) {
    return !(number instanceof Double) || Double.isFinite(number.doubleValue());
  }

  /** The same number; exact for a finite double too. */
  static BigDecimal decimal(Object number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    return number instanceof Long whole
        ? BigDecimal.valueOf(whole)
        : new BigDecimal(((Number) number).doubleValue());
  }

  /**
   * The value converted to a column of this type.
   *
   * @throws ResultOverflowException when the column cannot hold it
   */
  static Object fit(String function, Object value, ColumnType type) {
    if (type instanceof ColumnType.Decimal decimal) {
      BigDecimal number = decimal(value);
      BigDecimal scaled = number.setScale(decimal.scale(), java.math.RoundingMode.HALF_UP);
      if (scaled.precision() > decimal.precision()) {
        throw new ResultOverflowException("the result of " + function + " does not fit " + type);
      }
      return scaled;
    }
    if (type == Primitive.DOUBLE || type == Primitive.FLOAT) {
      return value instanceof Double ? value : (Object) ((Number) value).doubleValue();
    }
    return value;
  }

  /** Appends a value, null included. */
  static void write(Object value, ByteWriter out) {
    switch (tag(value)) {
      case WHOLE -> writeWhole((Long) value, out);
      case FLOATING -> writeFloating((Double) value, out);
      case DECIMAL -> {
        out.writeByte(DECIMAL);
        writeDecimal((BigDecimal) value, out);
      }
      case TEXT -> {
        out.writeByte(TEXT);
        out.writeText((String) value);
      }
      case BYTES -> {
        out.writeByte(BYTES);
        out.writeBytes((byte[]) value);
      }
      default -> out.writeByte(tag(value));
    }
  }

  /** Reads what {@link #write} wrote. */
  static Object read(ByteReader in) {
    int tag = in.readByte();
    return switch (tag) {
      case NULL -> null;
      case FALSE -> false;
      case TRUE -> true;
      case WHOLE -> in.readSigned();
      case FLOATING -> Double.longBitsToDouble(in.readLong());
      case DECIMAL -> readDecimal(in);
      case TEXT -> in.readText();
      case BYTES -> in.readBytes();
      default -> throw new IllegalArgumentException("a value has the unknown tag " + tag);
    };
  }

  /** Appends a whole number as {@link #write} does. */
  static void writeWhole(long value, ByteWriter out) {
    out.writeByte(WHOLE);
    out.writeSigned(value);
  }

  /** Appends a floating number as {@link #write} does. */
  static void writeFloating(double value, ByteWriter out) {
    out.writeByte(FLOATING);
    out.writeLong(Double.doubleToRawLongBits(value));
  }

  static void writeDecimal(BigDecimal value, ByteWriter out) {
    out.writeSigned(value.scale());
    out.writeBytes(value.unscaledValue().toByteArray());
  }

  static BigDecimal readDecimal(ByteReader in) {
    int scale = Math.toIntExact(in.readSigned());
    return new BigDecimal(new BigInteger(in.readBytes()), scale);
  }

  /** The value, with 0.0 for -0.0: the order of equal values must not affect the result. */
  static Object unsignedZero(Object value) {
    return value instanceof Double number ? (Object) unsignedZero(number.doubleValue()) : value;
  }

  /** The number, with 0.0 for -0.0. */
  static double unsignedZero(double number) {
    return number == 0 ? 0.0 : number;
  }

  /** Approximate heap of a value, bytes; 0 for null. */
  static int heapBytes(Object value) {
    if (value == null) {
      return 0;
    }
    if (value instanceof String text) {
      return 56 + text.length();
    }
    if (value instanceof byte[] bytes) {
      return 16 + bytes.length;
    }
    return value instanceof BigDecimal ? 104 : 16;
  }

  /** The bytes of a value; they are the same only for equal values. */
  static byte[] identity(Object value) {
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    return value instanceof byte[] bytes
        ? bytes
        : decimal(value).stripTrailingZeros().toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Requires a numeric type.
   *
   * @throws ArgumentException for any other
   */
  static void requireNumber(String function, ColumnType type) {
    boolean number =
        type instanceof ColumnType.Decimal
            || type == Primitive.BYTE
            || type == Primitive.SHORT
            || type == Primitive.INTEGER
            || type == Primitive.LONG
            || type == Primitive.FLOAT
            || type == Primitive.DOUBLE;
    if (!number) {
      throw new ArgumentException(function + " takes numbers, not " + type);
    }
  }

  private static int tag(Object value) {
    if (value == null) {
      return NULL;
    } else if (value instanceof Long) {
      return WHOLE;
    } else if (value instanceof Double) {
      return FLOATING;
    } else if (value instanceof String) {
      return TEXT;
    } else if (value instanceof BigDecimal) {
      return DECIMAL;
    } else if (value instanceof Boolean bool) {
      return bool ? TRUE : FALSE;
    } else if (value instanceof byte[]) {
      return BYTES;
    }
    throw new ArgumentException("no function takes " + value.getClass().getName());
  }
}
