package io.tidemark.windows.close;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.config.Aggregate;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.GroupField;
import io.tidemark.windows.fold.Accumulators;
import io.tidemark.windows.fold.GroupKey;
import io.tidemark.windows.function.AggregateFunction;
import io.tidemark.windows.function.ResultOverflowException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * Groups of closed windows as Connect structs: the window's bounds, the group's fields, the
 * aggregates. Fields whose type nobody knows yet, since every value was null, are left out.
 */
public final class ResultRows {

  private static final String MICRO_TIMESTAMP = "io.debezium.time.MicroTimestamp";
  private static final String EPOCH_DAYS = "io.debezium.time.Date";

  private final Aggregation aggregation;
  private final Accumulators layout;
  private final Schema window;
  private final Schema schema;
  private final List<Optional<ColumnType>> keyTypes = new ArrayList<>();
  private final List<Optional<ColumnType>> argumentTypes = new ArrayList<>();
  private final List<Optional<ColumnType>> resultTypes = new ArrayList<>();
  private final ByteReader reader = new ByteReader();

  /**
   * @param types path of a field to its type, of all fields that have shown one
   */
  public ResultRows(Aggregation aggregation, Accumulators layout, Map<String, String> types) {
    this.aggregation = aggregation;
    this.layout = layout;
    this.window =
        SchemaBuilder.struct()
            .optional()
            .field("start", microTimestamp())
            .field("end", microTimestamp())
            .build();
    SchemaBuilder builder = SchemaBuilder.struct().field(aggregation.windowColumn(), window);
    for (GroupField field : aggregation.groupBy()) {
      Optional<ColumnType> type = type(types, field.field().toString());
      keyTypes.add(type);
      type.ifPresent(known -> builder.field(field.column(), schema(known)));
    }
    for (int i = 0; i < aggregation.aggregates().size(); i++) {
      Aggregate aggregate = aggregation.aggregates().get(i);
      Optional<ColumnType> argument =
          aggregate.argument().flatMap(field -> type(types, field.toString()));
      Optional<ColumnType> result = aggregate.function().resultType(argument);
      argumentTypes.add(argument);
      resultTypes.add(result);
      result.ifPresent(known -> builder.field(aggregate.column(), schema(known)));
    }
    this.schema = builder.build();
  }

  /** The schema of the rows. */
  public Schema schema() {
    return schema;
  }

  /** The row of a group. */
  public Struct row(
      long startMicros,
      long endMicros,
      byte[] key,
      int keyFrom,
      int keyLength,
      Accumulators.Group group) {
    Struct row = new Struct(schema);
    row.put(
        aggregation.windowColumn(),
        new Struct(window).put("start", startMicros).put("end", endMicros));
    reader.reset(key, keyFrom, keyLength);
    for (int i = 0; i < keyTypes.size(); i++) {
      Object value = GroupKey.read(reader);
      if (keyTypes.get(i).isPresent()) {
        put(row, aggregation.groupBy().get(i).column(), value, keyTypes.get(i).get());
      }
    }
    for (int i = 0; i < resultTypes.size(); i++) {
      if (resultTypes.get(i).isPresent()) {
        String column = aggregation.aggregates().get(i).column();
        AggregateFunction function = layout.function(i);
        Object value;
        try {
          value = function.result(group.slots(i), argumentTypes.get(i));
        } catch (ResultOverflowException e) {
          int hash = Arrays.hashCode(Arrays.copyOfRange(key, keyFrom, keyFrom + keyLength));
          throw WindowErrors.overflow(aggregation.name(), column, startMicros, hash, e);
        }
        put(row, column, value, resultTypes.get(i).get());
      }
    }
    return row;
  }

  private static Optional<ColumnType> type(Map<String, String> types, String path) {
    return Optional.ofNullable(types.get(path)).map(FieldTypes::parse);
  }

  private static void put(Struct row, String column, Object value, ColumnType type) {
    Field field = row.schema().field(column);
    row.put(field, value == null ? null : connect(value, type));
  }

  private static Schema microTimestamp() {
    return SchemaBuilder.int64().name(MICRO_TIMESTAMP).version(1).optional().build();
  }

  private static Schema schema(ColumnType type) {
    if (type instanceof ColumnType.Decimal decimal) {
      return org.apache.kafka.connect.data.Decimal.builder(decimal.scale())
          .parameter("connect.decimal.precision", String.valueOf(decimal.precision()))
          .optional()
          .build();
    }
    if (type instanceof ColumnType.Array array) {
      return SchemaBuilder.array(schema(array.element())).optional().build();
    }
    return switch ((Primitive) type) {
      case BOOLEAN -> Schema.OPTIONAL_BOOLEAN_SCHEMA;
      case BYTE -> Schema.OPTIONAL_INT8_SCHEMA;
      case SHORT -> Schema.OPTIONAL_INT16_SCHEMA;
      case INTEGER -> Schema.OPTIONAL_INT32_SCHEMA;
      case LONG -> Schema.OPTIONAL_INT64_SCHEMA;
      case FLOAT -> Schema.OPTIONAL_FLOAT32_SCHEMA;
      case DOUBLE -> Schema.OPTIONAL_FLOAT64_SCHEMA;
      case STRING -> Schema.OPTIONAL_STRING_SCHEMA;
      case BINARY -> Schema.OPTIONAL_BYTES_SCHEMA;
      case DATE -> SchemaBuilder.int32().name(EPOCH_DAYS).version(1).optional().build();
      case TIMESTAMP, TIMESTAMP_NTZ -> microTimestamp();
    };
  }

  private static Object connect(Object value, ColumnType type) {
    if (type instanceof ColumnType.Decimal decimal) {
      BigDecimal number =
          value instanceof BigDecimal big ? big : BigDecimal.valueOf(((Number) value).longValue());
      return number.setScale(decimal.scale());
    }
    if (type instanceof ColumnType.Array array) {
      return ((List<?>) value).stream().map(element -> connect(element, array.element())).toList();
    }
    return switch ((Primitive) type) {
      case BYTE -> ((Long) value).byteValue();
      case SHORT -> ((Long) value).shortValue();
      case INTEGER, DATE -> ((Long) value).intValue();
      case FLOAT -> ((Double) value).floatValue();
      case DOUBLE -> ((Number) value).doubleValue();
      default -> value;
    };
  }
}
