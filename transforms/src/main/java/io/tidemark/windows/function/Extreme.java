package io.tidemark.windows.function;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.util.Optional;

/**
 * {@code min(x)} and {@code max(x)}, of any scalar. Numbers are held without an object, so that
 * adding and writing need no access to another object.
 *
 * <pre>
 *   long 0   kind: 0 nothing, or what the object is; 1 whole; 2 floating
 *   long 1   whole: the number     floating: its bits
 *   object   any other value
 * </pre>
 */
final class Extreme implements AggregateFunction {

  private static final int WHOLE = 1;
  private static final int FLOATING = 2;

  private final String name;
  private final int sign;

  /**
   * @param sign 1 for the largest, -1 for the smallest
   */
  Extreme(String name, int sign) {
    this.name = name;
    this.sign = sign;
  }

  @Override
  public int longs() {
    return 2;
  }

  @Override
  public int objects() {
    return 1;
  }

  @Override
  public int add(Slots slots, Object value, Occurrence occurrence) {
    if (value instanceof Long whole && slots.number(0) == WHOLE) {
      addWhole(slots, whole);
      return 0;
    }
    if (value instanceof Double number && slots.number(0) == FLOATING) {
      addFloating(slots, number);
      return 0;
    }
    Object before = held(slots);
    return before != null && sign * Values.compare(value, before) <= 0 ? 0 : hold(slots, value);
  }

  private void addWhole(Slots slots, long value) {
    if (sign * Long.compare(value, slots.number(1)) > 0) {
      slots.number(1, value);
    }
  }

  private void addFloating(Slots slots, double value) {
    double before = Double.longBitsToDouble(slots.number(1));
    if (sign * Values.compareFloating(value, before) > 0) {
      slots.number(1, Double.doubleToRawLongBits(Values.unsignedZero(value)));
    }
  }

  private static Object held(Slots slots) {
    return switch ((int) slots.number(0)) {
      case WHOLE -> slots.number(1);
      case FLOATING -> Double.longBitsToDouble(slots.number(1));
      default -> slots.object(0);
    };
  }

  private static int hold(Slots slots, Object value) {
    Object before = slots.object(0);
    int freed = before == null ? 0 : Values.heapBytes(before);
    if (value instanceof Long whole) {
      set(slots, WHOLE, whole, null);
      return -freed;
    }
    if (value instanceof Double number) {
      set(
          slots,
          FLOATING,
          Double.doubleToRawLongBits(Values.unsignedZero(number.doubleValue())),
          null);
      return -freed;
    }
    set(slots, 0, 0, value);
    return Values.heapBytes(value) - freed;
  }

  private static void set(Slots slots, int kind, long number, Object object) {
    slots.number(0, kind);
    slots.number(1, number);
    slots.object(0, object);
  }

  @Override
  public void write(Slots slots, ByteWriter out) {
    switch ((int) slots.number(0)) {
      case WHOLE -> Values.writeWhole(slots.number(1), out);
      case FLOATING -> Values.writeFloating(Double.longBitsToDouble(slots.number(1)), out);
      default -> Values.write(slots.object(0), out);
    }
  }

  @Override
  public int merge(Slots slots, ByteReader in) {
    Object value = Values.read(in);
    return value == null ? 0 : add(slots, value, null);
  }

  @Override
  public Optional<ColumnType> resultType(Optional<ColumnType> argument) {
    return argument;
  }

  @Override
  public Object result(Slots slots, Optional<ColumnType> argument) {
    Object value = held(slots);
    return value == null ? null : Values.fit(name, value, argument.orElseThrow());
  }
}
