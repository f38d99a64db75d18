package io.tidemark.windows.function;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.util.Optional;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;

/** {@code approx_count_distinct(x)}: by a HyperLogLog sketch of 2^lgK registers. */
final class ApproxCountDistinct implements AggregateFunction {

  static final int DEFAULT_LG_K = 12;
  static final int LEAST_LG_K = 4;
  static final int MOST_LG_K = 21;

  private final int lgK;

  ApproxCountDistinct(int lgK) {
    this.lgK = lgK;
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
    HllSketch sketch = (HllSketch) slots.object(0);
    int before = 0;
    if (sketch == null) {
      sketch = new HllSketch(lgK, TgtHllType.HLL_8);
      slots.object(0, sketch);
    } else {
      before = sketch.getUpdatableSerializationBytes();
    }
    if (value instanceof Boolean bool) {
      sketch.update(bool ? 1L : 0L);
    } else if (value instanceof Double number && !Values.isFinite(number)) {
      sketch.update(number);
    } else {
      sketch.update(Values.identity(value));
    }
    return sketch.getUpdatableSerializationBytes() - before;
  }

  @Override
  public void write(Slots slots, ByteWriter out) {
    HllSketch sketch = (HllSketch) slots.object(0);
    out.writeBytes(sketch == null ? new byte[0] : sketch.toCompactByteArray());
  }

  @Override
  public int merge(Slots slots, ByteReader in) {
    byte[] bytes = in.readBytes();
    if (bytes.length == 0) {
      return 0;
    }
    HllSketch other = HllSketch.heapify(Memory.wrap(bytes));
    HllSketch sketch = (HllSketch) slots.object(0);
    if (sketch == null) {
      slots.object(0, other);
      return other.getUpdatableSerializationBytes();
    }
    int before = sketch.getUpdatableSerializationBytes();
    Union union = new Union(lgK);
    union.update(sketch);
    union.update(other);
    HllSketch merged = union.getResult(TgtHllType.HLL_8);
    slots.object(0, merged);
    return merged.getUpdatableSerializationBytes() - before;
  }

  @Override
  public Optional<ColumnType> resultType(Optional<ColumnType> argument) {
    return Optional.of(ColumnType.Primitive.LONG);
  }

  @Override
  public Object result(Slots slots, Optional<ColumnType> argument) {
    HllSketch sketch = (HllSketch) slots.object(0);
    return sketch == null ? 0L : Math.round(sketch.getEstimate());
  }
}
