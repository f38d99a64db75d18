package io.tidemark.windows.function;

import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A sum of numbers in three longs and an object, exact for whole numbers (128 bits) and decimals,
 * compensated (Neumaier) for floating numbers. It begins as a whole number and widens as needed.
 *
 * <pre>
 *   long 0   kind: 0 nothing, 1 whole, 2 floating, 3 decimal
 *   long 1   whole: upper 64 bits     floating: bits of the sum
 *   long 2   whole: lower 64 bits     floating: bits of the compensation
 *   object   decimal
 * </pre>
 */
final class NumberSum {

  static final int LONGS = 3;
  static final int OBJECTS = 1;

  private static final int NOTHING = 0;
  private static final int WHOLE = 1;
  private static final int FLOATING = 2;
  private static final int DECIMAL = 3;

  /** Only in written form: a whole number of more than 64 bits. */
  private static final int LONG_WHOLE = 4;

  private NumberSum() {}

  static boolean isEmpty(Slots slots) {
    return slots.number(0) == NOTHING;
  }

  static int add(String function, Slots slots, Object value) {
    if (value instanceof Long whole) {
      addWhole(slots, whole >> 63, whole);
      return 0;
    }
    if (value instanceof Double number) {
      widenToFloating(slots);
      addFloating(slots, number);
      return 0;
    }
    if (value instanceof BigDecimal decimal) {
      return addDecimal(slots, decimal);
    }
    throw new ArgumentException(
        function + " takes numbers, not a " + value.getClass().getSimpleName());
  }

  /** The sum as a Long if it fits, else a BigDecimal; or as a Double, or a BigDecimal. */
  static Object value(Slots slots) {
    return switch ((int) slots.number(0)) {
      case WHOLE ->
          slots.number(1) == slots.number(2) >> 63
              ? (Object) slots.number(2)
              : new BigDecimal(whole(slots));
      case FLOATING -> floating(slots);
      case DECIMAL -> slots.object(0);
      default -> null;
    };
  }

  static void write(Slots slots, ByteWriter out) {
    switch ((int) slots.number(0)) {
      case NOTHING -> out.writeByte(NOTHING);
      case WHOLE -> {
        boolean fits = slots.number(1) == slots.number(2) >> 63;
        out.writeByte(fits ? WHOLE : LONG_WHOLE);
        if (fits) {
          out.writeSigned(slots.number(2));
        } else {
          out.writeLong(slots.number(1));
          out.writeLong(slots.number(2));
        }
      }
      case FLOATING -> {
        out.writeByte(FLOATING);
        out.writeLong(slots.number(1));
        out.writeLong(slots.number(2));
      }
      default -> {
        out.writeByte(DECIMAL);
        Values.writeDecimal((BigDecimal) slots.object(0), out);
      }
    }
  }

  static int merge(Slots slots, ByteReader in) {
    int kind = in.readByte();
    switch (kind) {
      case NOTHING -> {
        return 0;
      }
      case WHOLE -> {
        long lower = in.readSigned();
        addWhole(slots, lower >> 63, lower);
        return 0;
      }
      case LONG_WHOLE -> {
        long upper = in.readLong();
        addWhole(slots, upper, in.readLong());
        return 0;
      }
      case FLOATING -> {
        double sum = Double.longBitsToDouble(in.readLong());
        double compensation = Double.longBitsToDouble(in.readLong());
        widenToFloating(slots);
        addFloating(slots, sum);
        addFloating(slots, compensation);
        return 0;
      }
      case DECIMAL -> {
        return addDecimal(slots, Values.readDecimal(in));
      }
      default -> throw new IllegalArgumentException("a sum has the unknown kind " + kind);
    }
  }

  private static void addWhole(Slots slots, long upper, long lower) {
    switch ((int) slots.number(0)) {
      case NOTHING, WHOLE -> {
        long before = slots.number(2);
        long sum = before + lower;
        long carry = Long.compareUnsigned(sum, before) < 0 ? 1 : 0;
        slots.number(0, WHOLE);
        slots.number(1, slots.number(1) + upper + carry);
        slots.number(2, sum);
      }
      case FLOATING -> addFloating(slots, whole(upper, lower).doubleValue());
      default -> {
        BigDecimal sum = (BigDecimal) slots.object(0);
        slots.object(0, sum.add(new BigDecimal(whole(upper, lower))));
      }
    }
  }

  private static int addDecimal(Slots slots, BigDecimal decimal) {
    switch ((int) slots.number(0)) {
      case FLOATING -> addFloating(slots, decimal.doubleValue());
      case DECIMAL -> slots.object(0, ((BigDecimal) slots.object(0)).add(decimal));
      default -> {
        BigDecimal whole = new BigDecimal(whole(slots));
        slots.number(0, DECIMAL);
        slots.number(1, 0);
        slots.number(2, 0);
        slots.object(0, whole.add(decimal));
        return Values.heapBytes(decimal);
      }
    }
    return 0;
  }

  private static void widenToFloating(Slots slots) {
    int kind = (int) slots.number(0);
    if (kind == FLOATING) {
      return;
    }
    double sum =
        kind == DECIMAL
            ? ((BigDecimal) slots.object(0)).doubleValue()
            : kind == NOTHING ? 0.0 : whole(slots).doubleValue();
    slots.number(0, FLOATING);
    slots.number(1, Double.doubleToRawLongBits(sum));
    slots.number(2, 0);
    slots.object(0, null);
  }

  private static void addFloating(Slots slots, double value) {
    double sum = Double.longBitsToDouble(slots.number(1));
    double next = sum + value;
    double compensation = Double.longBitsToDouble(slots.number(2));
    if (Double.isFinite(next)) {
      compensation +=
          Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
    } else {
      compensation = 0;
    }
    slots.number(1, Double.doubleToRawLongBits(next));
    slots.number(2, Double.doubleToRawLongBits(compensation));
  }

  private static double floating(Slots slots) {
    return Double.longBitsToDouble(slots.number(1)) + Double.longBitsToDouble(slots.number(2));
  }

  private static BigInteger whole(Slots slots) {
    return whole(slots.number(1), slots.number(2));
  }

  private static BigInteger whole(long upper, long lower) {
    BigInteger low = BigInteger.valueOf(lower);
    if (lower < 0) {
      low = low.add(BigInteger.ONE.shiftLeft(64));
    }
    return BigInteger.valueOf(upper).shiftLeft(64).add(low);
  }
}
