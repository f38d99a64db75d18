package io.tidemark.windows.close;

import io.tidemark.common.ForwardClock;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.expressions.Expression;
import io.tidemark.expressions.Row;
import io.tidemark.expressions.syntax.SyntaxException;
import io.tidemark.expressions.type.Failure;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.config.Aggregate;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.GroupField;
import io.tidemark.windows.config.Having;
import io.tidemark.windows.fold.Accumulators;
import io.tidemark.windows.fold.GroupKey;
import io.tidemark.windows.function.ResultOverflowException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * Groups of closed windows as Connect structs: the window's bounds, the group's fields, the
 * aggregates. A field is left out while its type is unknown because every value was null.
 */
public final class ResultRows {

  private static final ColumnForm FORM = ColumnForm.MICROS;

  private final Aggregation aggregation;
  private final Accumulators layout;
  private final Schema window;
  private final Schema schema;
  private final RowTypes rowTypes;

  /** The condition of the rows; null if there is none. */
  private Expression having;

  /** Why the condition does not fit the types of the rows; null if it does. */
  private SyntaxException unfit;

  private final ByteReader reader = new ByteReader();

  /**
   * @param types text of an input to its type, for all inputs with a known type
   */
  public ResultRows(Aggregation aggregation, Accumulators layout, Map<String, String> types) {
    this.aggregation = aggregation;
    this.layout = layout;
    this.rowTypes = RowTypes.of(aggregation, types);
    Schema bound = FORM.schema(Primitive.TIMESTAMP);
    this.window =
        SchemaBuilder.struct().optional().field("start", bound).field("end", bound).build();
    SchemaBuilder builder = SchemaBuilder.struct().field(aggregation.windowColumn(), window);
    for (int i = 0; i < aggregation.groupBy().size(); i++) {
      GroupField field = aggregation.groupBy().get(i);
      rowTypes.keys().get(i).ifPresent(type -> builder.field(field.column(), FORM.schema(type)));
    }
    for (int i = 0; i < aggregation.aggregates().size(); i++) {
      Aggregate aggregate = aggregation.aggregates().get(i);
      rowTypes
          .results()
          .get(i)
          .ifPresent(type -> builder.field(aggregate.column(), FORM.schema(type)));
    }
    this.schema = builder.build();
    try {
      this.having =
          aggregation.having().map(text -> Having.compile(text, aggregation, schema)).orElse(null);
    } catch (SyntaxException e) {
      this.unfit = e;
    }
  }

  /** The schema of the rows. */
  public Schema schema() {
    return schema;
  }

  /** The row of a group. */
  public ResultRow row(
      long startMicros,
      long endMicros,
      byte[] key,
      int keyFrom,
      int keyLength,
      Accumulators.Group group) {
    Struct row = new Struct(schema);
    Optional<TidemarkException> failure = Optional.empty();
    int hash = hash(key, keyFrom, keyLength);
    row.put(
        aggregation.windowColumn(),
        new Struct(window).put("start", startMicros).put("end", endMicros));
    reader.reset(key, keyFrom, keyLength);
    for (int i = 0; i < rowTypes.keys().size(); i++) {
      Object value = GroupKey.read(reader);
      if (rowTypes.keys().get(i).isPresent()) {
        put(row, aggregation.groupBy().get(i).column(), value, rowTypes.keys().get(i).get());
      }
    }
    for (int i = 0; i < rowTypes.results().size(); i++) {
      if (rowTypes.results().get(i).isPresent()) {
        String column = aggregation.aggregates().get(i).column();
        try {
          Object value = rowTypes.result(i, layout, group);
          put(row, column, value, rowTypes.results().get(i).get());
        } catch (ResultOverflowException | ArithmeticException e) {
          failure =
              Optional.of(WindowErrors.overflow(aggregation.name(), column, startMicros, hash, e));
        }
      }
    }
    return new ResultRow(startMicros, endMicros, hash, row, failure);
  }

  /**
   * What is written of a row: nothing if it does not meet the condition, and a row with a failure
   * if that cannot be told.
   */
  public Optional<ResultRow> wanted(ResultRow row) {
    if (row.failure().isPresent() || (having == null && unfit == null)) {
      return Optional.of(row);
    }
    if (unfit != null) {
      return Optional.of(row.failing(WindowErrors.unfitHaving(aggregation.name(), row, unfit)));
    }
    try {
      Object met = having.evaluate(new Row(null, row.value(), ForwardClock.SYSTEM));
      return Optional.of(row).filter(any -> Boolean.TRUE.equals(met));
    } catch (Failure e) {
      return Optional.of(row.failing(WindowErrors.noHaving(aggregation.name(), row, e)));
    }
  }

  private static int hash(byte[] key, int from, int length) {
    int hash = 1;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + key[i];
    }
    return hash;
  }

  private static void put(Struct row, String column, Object value, ColumnType type) {
    Field field = row.schema().field(column);
    row.put(field, value == null ? null : FORM.value(value, type));
  }
}
