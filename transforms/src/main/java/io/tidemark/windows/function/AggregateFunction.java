package io.tidemark.windows.function;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.util.Optional;

/**
 * An aggregate function over the records of a group. Adding and merging commute: any split of the
 * records into accumulators gives the same result as no split. Has no state, so that one instance
 * serves all groups and threads.
 *
 * <p>Arguments are never null, and are {@code Boolean}, {@code Long} (any whole number, and dates
 * and times in the unit of their column type), {@code Double}, {@code BigDecimal}, {@code String}
 * or {@code byte[]}; classes may differ from record to record, as in JSON without schema.
 */
public interface AggregateFunction {

  /** How many longs an accumulator takes. */
  int longs();

  /** How many objects an accumulator takes. */
  int objects();

  /**
   * Adds the argument of one record.
   *
   * @param value never null; {@code count(*)} ignores it
   * @return by about how many bytes the heap of the accumulator's objects grew
   * @throws ArgumentException when the function cannot take a value of this kind
   */
  int add(Slots slots, Object value, Occurrence occurrence);

  /** Writes the accumulator, even an empty one, in a self-delimiting form. */
  void write(Slots slots, ByteWriter out);

  /**
   * Merges what {@link #write} wrote into the accumulator.
   *
   * @return by about how many bytes the heap of the accumulator's objects grew
   */
  int merge(Slots slots, ByteReader in);

  /**
   * Type of the result.
   *
   * @param argument type of the argument over all records of the window, empty when no record has
   *     shown it (all null), or for {@code count(*)}
   * @return empty when it depends on an unknown argument type: the column is then null
   * @throws ArgumentException when the function cannot take arguments of this type
   */
  Optional<ColumnType> resultType(Optional<ColumnType> argument);

  /**
   * The result, of the same classes as arguments ({@code List} of them for an array), fitting
   * {@link #resultType}; null when there is no result.
   *
   * @throws ResultOverflowException when it does not fit
   */
  Object result(Slots slots, Optional<ColumnType> argument);
}
