package io.tidemark.windows.function;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.util.Optional;

/** {@code count(*)} and {@code count(x)}: how many arguments were not null. */
final class Count implements AggregateFunction {

  @Override
  public int longs() {
    return 1;
  }

  @Override
  public int objects() {
    return 0;
  }

  @Override
  public int add(Slots slots, Object value, Occurrence occurrence) {
    slots.number(0, slots.number(0) + 1);
    return 0;
  }

  @Override
  public void write(Slots slots, ByteWriter out) {
    out.writeVarint(slots.number(0));
  }

  @Override
  public int merge(Slots slots, ByteReader in) {
    slots.number(0, slots.number(0) + in.readVarint());
    return 0;
  }

  @Override
  public Optional<ColumnType> resultType(Optional<ColumnType> argument) {
    return Optional.of(ColumnType.Primitive.LONG);
  }

  @Override
  public Object result(Slots slots, Optional<ColumnType> argument) {
    return slots.number(0);
  }
}
