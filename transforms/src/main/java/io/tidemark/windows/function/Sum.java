package io.tidemark.windows.function;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.util.Optional;

/**
 * {@code sum(x)}: long for whole numbers, double for floating ones, {@code decimal(p+10,s)} for
 * {@code decimal(p,s)}. An overflow of the final sum is an error; an intermediate overflow is not.
 */
final class Sum implements AggregateFunction {

  private static final int MORE_DIGITS = 10;

  @Override
  public int longs() {
    return NumberSum.LONGS;
  }

  @Override
  public int objects() {
    return NumberSum.OBJECTS;
  }

  @Override
  public int add(Slots slots, Object value, Occurrence occurrence) {
    return NumberSum.add("sum", slots, value);
  }

  @Override
  public void write(Slots slots, ByteWriter out) {
    NumberSum.write(slots, out);
  }

  @Override
  public int merge(Slots slots, ByteReader in) {
    return NumberSum.merge(slots, in);
  }

  @Override
  public Optional<ColumnType> resultType(Optional<ColumnType> argument) {
    return argument.map(
        type -> {
          Values.requireNumber("sum", type);
          if (type instanceof Decimal decimal) {
            int precision = Math.min(Decimal.MAX_PRECISION, decimal.precision() + MORE_DIGITS);
            return new Decimal(precision, decimal.scale());
          }
          return type == Primitive.FLOAT || type == Primitive.DOUBLE
              ? Primitive.DOUBLE
              : Primitive.LONG;
        });
  }

  @Override
  public Object result(Slots slots, Optional<ColumnType> argument) {
    Object sum = NumberSum.value(slots);
    if (sum == null) {
      return null;
    }
    ColumnType type = resultType(argument).orElseThrow();
    if (type == Primitive.LONG && !(sum instanceof Long)) {
      throw new ResultOverflowException("the result of sum does not fit long");
    }
    return Values.fit("sum", sum, type);
  }
}
