package io.tidemark.windows.function;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.util.Optional;

/**
 * Variance and standard deviation of a sample or of a population, as double. Holds the number, the
 * mean and the sum of squared distances, merged by Chan's rule. For a sample of less than two
 * values the result is null.
 */
final class Variance implements AggregateFunction {

  private final String name;
  private final boolean sample;
  private final boolean root;

  Variance(String name, boolean sample, boolean root) {
    this.name = name;
    this.sample = sample;
    this.root = root;
  }

  @Override
  public int longs() {
    return 3;
  }

  @Override
  public int objects() {
    return 0;
  }

  @Override
  public int add(Slots slots, Object value, Occurrence occurrence) {
    if (!(value instanceof Number number)) {
      throw new ArgumentException(
          name + " takes numbers, not a " + value.getClass().getSimpleName());
    }
    merge(slots, 1, number.doubleValue(), 0);
    return 0;
  }

  private static void merge(Slots slots, long count, double mean, double squares) {
    long before = slots.number(0);
    if (before == 0) {
      set(slots, count, mean, squares);
      return;
    }
    double meanBefore = Double.longBitsToDouble(slots.number(1));
    double squaresBefore = Double.longBitsToDouble(slots.number(2));
    double delta = mean - meanBefore;
    double all = (double) before + count;
    set(
        slots,
        before + count,
        meanBefore + delta * (count / all),
        squaresBefore + squares + delta * delta * (before * (count / all)));
  }

  private static void set(Slots slots, long count, double mean, double squares) {
    slots.number(0, count);
    slots.number(1, Double.doubleToRawLongBits(mean));
    slots.number(2, Double.doubleToRawLongBits(squares));
  }

  @Override
  public void write(Slots slots, ByteWriter out) {
    out.writeVarint(slots.number(0));
    if (slots.number(0) > 0) {
      out.writeLong(slots.number(1));
      out.writeLong(slots.number(2));
    }
  }

  @Override
  public int merge(Slots slots, ByteReader in) {
    long count = in.readVarint();
    if (count > 0) {
      double mean = Double.longBitsToDouble(in.readLong());
      merge(slots, count, mean, Double.longBitsToDouble(in.readLong()));
    }
    return 0;
  }

  @Override
  public Optional<ColumnType> resultType(Optional<ColumnType> argument) {
    argument.ifPresent(type -> Values.requireNumber(name, type));
    return Optional.of(ColumnType.Primitive.DOUBLE);
  }

  @Override
  public Object result(Slots slots, Optional<ColumnType> argument) {
    long divisor = sample ? slots.number(0) - 1 : slots.number(0);
    if (divisor < 1) {
      return null;
    }
    double variance = Double.longBitsToDouble(slots.number(2)) / divisor;
    return root ? Math.sqrt(variance) : variance;
  }
}
