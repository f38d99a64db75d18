package io.tidemark.windows.function;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.util.Optional;

/** {@code first(x)} and {@code last(x)} in the order of {@link Occurrence}; nulls are ignored. */
final class FirstOrLast implements AggregateFunction {

  private static final int LONGS = 4;

  private final String name;
  private final int sign;

  /**
   * @param sign 1 for the last, -1 for the first
   */
  FirstOrLast(String name, int sign) {
    this.name = name;
    this.sign = sign;
  }

  @Override
  public int longs() {
    return LONGS;
  }

  @Override
  public int objects() {
    return 1;
  }

  @Override
  public int add(Slots slots, Object value, Occurrence at) {
    return add(slots, value, at.eventMicros, at.offset, at.partition, at.topicHash);
  }

  private int add(
      Slots slots, Object value, long micros, long offset, long partition, long topicHash) {
    Object before = slots.object(0);
    if (before != null && sign * compare(slots, micros, offset, partition, topicHash) <= 0) {
      return 0;
    }
    slots.number(0, micros);
    slots.number(1, offset);
    slots.number(2, partition);
    slots.number(3, topicHash);
    slots.object(0, value);
    return Values.heapBytes(value) - Values.heapBytes(before);
  }

  private static int compare(
      Slots slots, long micros, long offset, long partition, long topicHash) {
    int order = Long.compare(micros, slots.number(0));
    order = order != 0 ? order : Long.compare(offset, slots.number(1));
    order = order != 0 ? order : Long.compare(partition, slots.number(2));
    return order != 0 ? order : Long.compare(topicHash, slots.number(3));
  }

  @Override
  public void write(Slots slots, ByteWriter out) {
    Values.write(slots.object(0), out);
    if (slots.object(0) != null) {
      for (int i = 0; i < LONGS; i++) {
        out.writeSigned(slots.number(i));
      }
    }
  }

  @Override
  public int merge(Slots slots, ByteReader in) {
    Object value = Values.read(in);
    return value == null
        ? 0
        : add(slots, value, in.readSigned(), in.readSigned(), in.readSigned(), in.readSigned());
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
