package io.tidemark.windows.function;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.util.Optional;

/** {@code min(x)} and {@code max(x)}, of any scalar. */
final class Extreme implements AggregateFunction {

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
    return 0;
  }

  @Override
  public int objects() {
    return 1;
  }

  @Override
  public int add(Slots slots, Object value, Occurrence occurrence) {
    Object before = slots.object(0);
    if (before != null && sign * Values.compare(value, before) <= 0) {
      return 0;
    }
    slots.object(0, Values.unsignedZero(value));
    return Values.heapBytes(value) - Values.heapBytes(before);
  }

  @Override
  public void write(Slots slots, ByteWriter out) {
    Values.write(slots.object(0), out);
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
    Object value = slots.object(0);
    return value == null ? null : Values.fit(name, value, argument.orElseThrow());
  }
}
