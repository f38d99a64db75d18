package io.tidemark.delta.value;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Converts numbers for number columns. A number fits when the column holds the same number; for
 * float, double and decimal the shortest decimal text counts, so that the JSON number 19.99 fits
 * {@code decimal(10,2)} and {@code float}. The text of a number counts as the number, because
 * sources send decimals as text to avoid loss.
 */
final class Numbers {

  /** More than the digits, sign, point and exponent of any number that fits a column. */
  private static final int LONGEST_TEXT = 400;

  private static final double TWO_TO_63 = 0x1p63;
  private static final Decimal LONG_DIGITS = new Decimal(19, 0);

  private Numbers() {}

  /** For byte, short and integer columns. */
  static ValueConverter integer(Primitive type, String path) {
    long min = type == Primitive.BYTE ? Byte.MIN_VALUE : Short.MIN_VALUE;
    long max = type == Primitive.BYTE ? Byte.MAX_VALUE : Short.MAX_VALUE;
    long lowest = type == Primitive.INTEGER ? Integer.MIN_VALUE : min;
    long highest = type == Primitive.INTEGER ? Integer.MAX_VALUE : max;
    return value -> {
      long number = whole(value, type, path);
      if (number < lowest || number > highest) {
        throw Kinds.lossy(path, value, type);
      }
      return value instanceof Integer ? value : Integer.valueOf((int) number);
    };
  }

  static ValueConverter longs(String path) {
    return value -> value instanceof Long ? value : (Object) whole(value, Primitive.LONG, path);
  }

  static ValueConverter floats(String path) {
    return value -> {
      if (value instanceof Float) {
        return value;
      }
      Number number = number(value, Primitive.FLOAT, path);
      float nearest = number.floatValue();
      boolean same =
          isFinite(number)
              ? same(decimal(number), nearest, Float.toString(nearest))
              : number instanceof Double;
      if (!same) {
        throw Kinds.lossy(path, value, Primitive.FLOAT);
      }
      return nearest;
    };
  }

  static ValueConverter doubles(String path) {
    return value -> {
      if (value instanceof Double) {
        return value;
      }
      if (value instanceof Float number) {
        return number.doubleValue();
      }
      Number number = number(value, Primitive.DOUBLE, path);
      if (!isFinite(number)) {
        return number.doubleValue();
      }
      double nearest = number.doubleValue();
      boolean exactLong =
          number instanceof Long exact && nearest != TWO_TO_63 && (long) nearest == exact;
      if (!exactLong && !same(decimal(number), nearest, Double.toString(nearest))) {
        throw Kinds.lossy(path, value, Primitive.DOUBLE);
      }
      return nearest;
    };
  }

  static ValueConverter decimals(Decimal type, String path) {
    return value -> {
      Number number = number(value, type, path);
      if (!isFinite(number)) {
        throw Kinds.lossy(path, value, type);
      }
      return fit(decimal(number), value, type, path);
    };
  }

  /** The number at the scale of the column. */
  static BigDecimal fit(BigDecimal number, Object value, Decimal type, String path) {
    // Checked before the scale is set: 1e1000000 would otherwise be expanded.
    long wholeDigits = (long) number.precision() - number.scale();
    if (number.signum() != 0 && wholeDigits > type.precision() - type.scale()) {
      throw Kinds.lossy(path, value, type);
    }
    if (number.scale() == type.scale()) {
      return number;
    }
    try {
      return number.signum() == 0
          ? BigDecimal.valueOf(0, type.scale())
          : number.setScale(type.scale(), RoundingMode.UNNECESSARY);
    } catch (ArithmeticException e) {
      throw Kinds.lossy(path, value, type);
    }
  }

  private static long whole(Object value, Primitive type, String path) {
    if (value instanceof Long || value instanceof Integer) {
      return ((Number) value).longValue();
    }
    if (value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      // The bounds come first: the cast saturates, and a saturated long can look exact.
      if (number >= -TWO_TO_63 && number < TWO_TO_63 && (double) (long) number == number) {
        return (long) number;
      }
      throw Kinds.lossy(path, value, type);
    }
    Number number = number(value, type, path);
    try {
      if (isFinite(number)) {
        return fit(decimal(number), value, LONG_DIGITS, path).longValueExact();
      }
    } catch (ArithmeticException | ValueException e) {
      throw Kinds.lossy(path, value, type);
    }
    throw Kinds.lossy(path, value, type);
  }

  /** A number, or the number in a text. */
  private static Number number(Object value, ColumnType type, String path) {
    if (value instanceof Number number) {
      return number;
    }
    if (!(value instanceof String text)) {
      throw Kinds.mismatch(path, value, type);
    }
    try {
      if (text.length() <= LONGEST_TEXT) {
        return switch (text) {
          case "NaN", "Infinity", "-Infinity" -> Double.valueOf(text);
          default -> new BigDecimal(text);
        };
      }
    } catch (NumberFormatException e) {
      throw Kinds.mismatch(path, value, type);
    }
    throw Kinds.mismatch(path, value, type);
  }

  private static boolean isFinite(Number number) {
    return !(number instanceof Double || number instanceof Float)
        || Double.isFinite(number.doubleValue());
  }

  /** Whether a floating number is this number, or has it as its shortest text. */
  private static boolean same(BigDecimal number, double nearest, String text) {
    return Double.isFinite(nearest)
        && (number.compareTo(new BigDecimal(text)) == 0
            || number.compareTo(new BigDecimal(nearest)) == 0);
  }

  private static BigDecimal decimal(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (number instanceof Double || number instanceof Float) {
      return new BigDecimal(number.toString());
    }
    return BigDecimal.valueOf(number.longValue());
  }
}
