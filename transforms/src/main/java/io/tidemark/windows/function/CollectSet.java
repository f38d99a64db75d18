package io.tidemark.windows.function;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code collect_set(x, bound)}: the different values in their order. More than {@code bound}
 * values are an error, because leaving some out would give a wrong result.
 */
final class CollectSet implements AggregateFunction {

  static final int DEFAULT_BOUND = 1000;

  private static final int ENTRY_BYTES = 40;

  private final int bound;

  CollectSet(int bound) {
    this.bound = bound;
  }

  @Override
  public int longs() {
    return 0;
  }

  @Override
  public int objects() {
    return 1;
  }

  @SuppressWarnings("unchecked") // nothing else is ever put there
  private static Set<Object> values(Slots slots) {
    return (Set<Object>) slots.object(0);
  }

  @Override
  public int add(Slots slots, Object value, Occurrence occurrence) {
    Set<Object> values = values(slots);
    if (values == null) {
      values = new TreeSet<>(Values::compare);
      slots.object(0, values);
    }
    // One value more than the bound is enough to detect the overflow.
    return values.size() <= bound && values.add(Values.unsignedZero(value))
        ? ENTRY_BYTES + Values.heapBytes(value)
        : 0;
  }

  @Override
  public void write(Slots slots, ByteWriter out) {
    Set<Object> values = values(slots);
    out.writeVarint(values == null ? 0 : values.size());
    if (values != null) {
      values.forEach(value -> Values.write(value, out));
    }
  }

  @Override
  public int merge(Slots slots, ByteReader in) {
    int growth = 0;
    for (long left = in.readVarint(); left > 0; left--) {
      growth += add(slots, Values.read(in), null);
    }
    return growth;
  }

  @Override
  public Optional<ColumnType> resultType(Optional<ColumnType> argument) {
    return argument.map(element -> new ColumnType.Array(element, false));
  }

  @Override
  public Object result(Slots slots, Optional<ColumnType> argument) {
    Set<Object> values = values(slots);
    List<Object> result = new ArrayList<>();
    if (values != null) {
      if (values.size() > bound) {
        throw new ResultOverflowException("collect_set has more than " + bound + " values");
      }
      values.forEach(value -> result.add(Values.fit("collect_set", value, argument.orElseThrow())));
    }
    return result;
  }
}
