package io.tidemark.expressions.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Numbers of one type as those of another; what does not fit is a {@link Failure}. */
public final class Numbers {

  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private Numbers() {}

  /** A whole number as any number. */
  public static Object ofLong(long value, Type to) {
    return switch (to.kind()) {
      case LONG -> value;
      case INT -> (int) within(value, Integer.MIN_VALUE, Integer.MAX_VALUE, to);
      case SHORT -> (short) within(value, Short.MIN_VALUE, Short.MAX_VALUE, to);
      case BYTE -> (byte) within(value, Byte.MIN_VALUE, Byte.MAX_VALUE, to);
      case FLOAT -> (float) value;
      case DOUBLE -> (double) value;
      case DECIMAL -> fit(BigDecimal.valueOf(value), to);
      default -> throw overflow(to);
    };
  }

  private static long within(long value, long least, long most, Type to) {
    if (value < least || value > most) {
      throw overflow(to);
    }
    return value;
  }

  /**
   * A floating number as any number; fractions of whole numbers are dropped. Null for a decimal
   * that is none, as Spark gives it in ANSI mode too.
   */
  public static Object ofDouble(double value, Type to) {
    return switch (to.kind()) {
      case DOUBLE -> value;
      case FLOAT -> (float) value;
      case DECIMAL ->
          Double.isNaN(value) || Double.isInfinite(value)
              ? null
              : fit(new BigDecimal(Double.toString(value)), to);
      default -> wholeOfDouble(value, to);
    };
  }

  private static Object wholeOfDouble(double value, Type to) {
    double least = -Math.scalb(1.0, bits(to) - 1);
    double most = to.is(Kind.LONG) ? -least : -least - 1;
    if (Math.floor(value) <= most && Math.ceil(value) >= least) {
      return ofLong((long) value, to);
    }
    throw overflow(to);
  }

  private static int bits(Type type) {
    return switch (type.kind()) {
      case BYTE -> Byte.SIZE;
      case SHORT -> Short.SIZE;
      case INT -> Integer.SIZE;
      default -> Long.SIZE;
    };
  }

  /** A decimal as any number; fractions of whole numbers are dropped. */
  public static Object ofDecimal(BigDecimal value, Type to) {
    return switch (to.kind()) {
      case DECIMAL -> fit(value, to);
      case DOUBLE -> value.doubleValue();
      case FLOAT -> value.floatValue();
      default -> {
        BigInteger whole = value.toBigInteger();
        if (whole.compareTo(LEAST) < 0 || whole.compareTo(MOST) > 0) {
          throw overflow(to);
        }
        yield ofLong(whole.longValue(), to);
      }
    };
  }

  /** A decimal with the scale of the type, rounded half up. */
  public static BigDecimal fit(BigDecimal value, Type to) {
    BigDecimal scaled =
        value.scale() == to.scale() ? value : value.setScale(to.scale(), RoundingMode.HALF_UP);
    if (scaled.precision() > to.precision() && scaled.signum() != 0) {
      throw overflow(to);
    }
    return scaled;
  }

  /** A result that its type cannot hold. */
  public static Failure overflow(Type to) {
    return new Failure("the result does not fit " + to);
  }
}
