package io.tidemark.windows.function;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * {@code avg(x)}: double; for {@code decimal(p,s)} a decimal with four more digits on both sides,
 * up to 38 digits in all, rounded half up.
 */
final class Average implements AggregateFunction {

  private static final int MORE_DIGITS = 4;
  private static final int COUNT = NumberSum.LONGS;

  @Override
  public int longs() {
    return NumberSum.LONGS + 1;
  }

  @Override
  public int objects() {
    return NumberSum.OBJECTS;
  }

  @Override
  public int add(Slots slots, Object value, Occurrence occurrence) {
    int growth = NumberSum.add("avg", slots, value);
    slots.number(COUNT, slots.number(COUNT) + 1);
    return growth;
  }

  @Override
  public void write(Slots slots, ByteWriter out) {
    NumberSum.write(slots, out);
    if (!NumberSum.isEmpty(slots)) {
      out.writeVarint(slots.number(COUNT));
    }
  }

  @Override
  public int merge(Slots slots, ByteReader in) {
    boolean empty = in.peek() == 0;
    int growth = NumberSum.merge(slots, in);
    if (!empty) {
      slots.number(COUNT, slots.number(COUNT) + in.readVarint());
    }
    return growth;
  }

  @Override
  public Optional<ColumnType> resultType(Optional<ColumnType> argument) {
    return argument.map(
        type -> {
          Values.requireNumber("avg", type);
          return type instanceof Decimal decimal ? wider(decimal) : Primitive.DOUBLE;
        });
  }

  /**
   * Keeps the digits before the point, and at least six of those after it, or all if there are
   * fewer.
   */
  private static Decimal wider(Decimal type) {
    int precision = type.precision() + MORE_DIGITS;
    int scale = type.scale() + MORE_DIGITS;
    if (precision <= Decimal.MAX_PRECISION) {
      return new Decimal(precision, scale);
    }
    int whole = precision - scale;
    int least = Math.min(scale, 6);
    return new Decimal(Decimal.MAX_PRECISION, Math.max(Decimal.MAX_PRECISION - whole, least));
  }

  @Override
  public Object result(Slots slots, Optional<ColumnType> argument) {
    Object sum = NumberSum.value(slots);
    if (sum == null) {
      return null;
    }
    long count = slots.number(COUNT);
    if (resultType(argument).orElseThrow() instanceof Decimal type) {
      BigDecimal average =
          Values.decimal(sum).divide(BigDecimal.valueOf(count), type.scale(), RoundingMode.HALF_UP);
      return Values.fit("avg", average, type);
    }
    return sum instanceof BigDecimal exact
        ? (Object) exact.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128).doubleValue()
        : ((Number) sum).doubleValue() / count;
  }
}
