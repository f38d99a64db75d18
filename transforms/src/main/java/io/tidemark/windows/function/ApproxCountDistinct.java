package io.tidemark.windows.function;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * {@code approx_count_distinct(x, precision)}: exact up to 64 different values, then off by about
 * {@code 0.78 / sqrt(2^precision)}, which is 1.2 % for the default of 12.
 */
final class ApproxCountDistinct implements AggregateFunction {

  static final int DEFAULT_PRECISION = 12;
  static final int LEAST_PRECISION = 4;
  static final int MOST_PRECISION = 21;

  private static final int LONG_DIGITS = 19;
  private static final Hasher64 HASHER = Hashing.komihash5_0();

  private final int precision;

  ApproxCountDistinct(int precision) {
    this.precision = precision;
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
    int before = heapBytes(slots);
    sketch(slots).add(hash(value));
    return heapBytes(slots) - before;
  }

  /** Numbers hash by their value, whatever their kind. */
  private static long hash(Object value) {
    if (value instanceof String text) {
      return HASHER.hashCharsToLong(text);
    }
    if (value instanceof Long number) {
      return HASHER.hashLongToLong(number);
    }
    if (value instanceof Double number && number == number.longValue()) {
      return HASHER.hashLongToLong(number.longValue());
    }
    if (value instanceof Double number && !Values.isFinite(number)) {
      return HASHER.hashLongLongToLong(2, Double.doubleToLongBits(number));
    }
    if (value instanceof Boolean bool) {
      return HASHER.hashLongLongToLong(1, bool ? 1 : 0);
    }
    if (value instanceof BigDecimal number) {
      BigDecimal stripped = number.stripTrailingZeros();
      if (stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= LONG_DIGITS) {
        BigInteger whole = stripped.toBigIntegerExact();
        if (whole.bitLength() < Long.SIZE) {
          return HASHER.hashLongToLong(whole.longValue());
        }
      }
    }
    return HASHER.hashBytesToLong(Values.identity(value));
  }

  private DistinctSketch sketch(Slots slots) {
    DistinctSketch sketch = (DistinctSketch) slots.object(0);
    if (sketch == null) {
      sketch = new DistinctSketch(precision);
      slots.object(0, sketch);
    }
    return sketch;
  }

  private static int heapBytes(Slots slots) {
    DistinctSketch sketch = (DistinctSketch) slots.object(0);
    return sketch == null ? 0 : sketch.heapBytes();
  }

  @Override
  public void write(Slots slots, ByteWriter out) {
    DistinctSketch sketch = (DistinctSketch) slots.object(0);
    if (sketch == null) {
      out.writeByte(0);
    } else {
      sketch.write(out);
    }
  }

  @Override
  public int merge(Slots slots, ByteReader in) {
    if (in.peek() == 0) {
      in.readByte();
      return 0;
    }
    int before = heapBytes(slots);
    sketch(slots).merge(in);
    return heapBytes(slots) - before;
  }

  @Override
  public Optional<ColumnType> resultType(Optional<ColumnType> argument) {
    return Optional.of(ColumnType.Primitive.LONG);
  }

  @Override
  public Object result(Slots slots, Optional<ColumnType> argument) {
    DistinctSketch sketch = (DistinctSketch) slots.object(0);
    return sketch == null ? 0L : sketch.estimate();
  }
}
