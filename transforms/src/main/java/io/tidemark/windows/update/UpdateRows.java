package io.tidemark.windows.update;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.close.ColumnForm;
import io.tidemark.windows.close.GroupReader;
import io.tidemark.windows.close.ResultRow;
import io.tidemark.windows.close.ResultRows;
import io.tidemark.windows.close.RowTypes;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.UpdateKeys;
import io.tidemark.windows.field.FieldErrors;
import io.tidemark.windows.fold.Accumulators;
import io.tidemark.windows.fold.GroupKey;
import io.tidemark.windows.function.ResultOverflowException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/**
 * Creates rows of groups, as structs or as maps, for fields of given types. A struct leaves out
 * fields whose type is not known yet; a map has null for them.
 */
final class UpdateRows {

  private final Aggregation aggregation;
  private final Accumulators layout;
  private final RowTypes types;
  private final String start;
  private final String end;
  private final Schema windowSchema;
  private final Schema keySchema;
  private final Schema valueSchema;
  private final ByteReader reader = new ByteReader();

  /** Rows with microseconds, for the condition; null if there is none. */
  private final ResultRows checked;

  /** Names and values of one row, in order. */
  private record Cells(List<String> names, List<Optional<ColumnType>> types, List<Object> values) {

    Cells() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void add(String name, Optional<ColumnType> type, Object value) {
      names.add(name);
      types.add(type);
      values.add(value);
    }

    void into(Struct struct) {
      for (int i = 0; i < names.size(); i++) {
        if (types.get(i).isPresent()) {
          struct.put(names.get(i), value(i, ColumnForm.MILLIS));
        }
      }
    }

    void into(Map<String, Object> map) {
      for (int i = 0; i < names.size(); i++) {
        map.put(names.get(i), types.get(i).isPresent() ? value(i, ColumnForm.PLAIN) : null);
      }
    }

    private Object value(int i, ColumnForm form) {
      return values.get(i) == null ? null : form.value(values.get(i), types.get(i).orElseThrow());
    }
  }

  /**
   * @param shown path of a field to its type, for all fields with a known type
   */
  UpdateRows(Aggregation aggregation, Accumulators layout, Map<String, String> shown) {
    this.aggregation = aggregation;
    this.layout = layout;
    this.types = RowTypes.of(aggregation, shown);
    this.start = UpdateKeys.bounds(aggregation.windowColumn()).get(0);
    this.end = UpdateKeys.bounds(aggregation.windowColumn()).get(1);
    this.windowSchema =
        SchemaBuilder.struct()
            .field("start", Timestamp.SCHEMA)
            .field("end", Timestamp.SCHEMA)
            .build();
    SchemaBuilder key =
        SchemaBuilder.struct().field(start, Timestamp.SCHEMA).field(end, Timestamp.SCHEMA);
    SchemaBuilder value = SchemaBuilder.struct().field(aggregation.windowColumn(), windowSchema);
    for (int i = 0; i < types.keys().size(); i++) {
      String column = aggregation.groupBy().get(i).column();
      types
          .keys()
          .get(i)
          .map(ColumnForm.MILLIS::schema)
          .ifPresent(
              schema -> value.field(column, key.field(column, schema).field(column).schema()));
    }
    for (int i = 0; i < types.results().size(); i++) {
      String column = aggregation.aggregates().get(i).column();
      types.results().get(i).ifPresent(type -> value.field(column, ColumnForm.MILLIS.schema(type)));
    }
    this.checked =
        aggregation.having().isPresent() ? new ResultRows(aggregation, layout, shown) : null;
    this.keySchema = key.build();
    this.valueSchema = value.build();
  }

  /**
   * Rejects times that a row would truncate: two groups would then have the same key.
   *
   * @throws io.tidemark.common.TidemarkException naming the record
   */
  void requireMillis(ConnectRecord<?> record, GroupReader read) {
    if (types.keys().stream().anyMatch(UpdateRows::isTime)) {
      reader.reset(read.key().array(), 0, read.key().length());
      for (int i = 0; i < types.keys().size(); i++) {
        Object value = GroupKey.read(reader);
        if (isTime(types.keys().get(i)) && isFiner(value)) {
          throw FieldErrors.finer(record, aggregation.groupBy().get(i).input().toString());
        }
      }
    }
    for (int i = 0; i < types.results().size(); i++) {
      if (isTime(types.results().get(i)) && isFiner(read.arguments()[i])) {
        throw FieldErrors.finer(record, aggregation.aggregates().get(i).call());
      }
    }
  }

  private static boolean isTime(Optional<ColumnType> type) {
    ColumnType known = type.orElse(null);
    return known instanceof ColumnType.Array array
        ? isTime(Optional.of(array.element()))
        : known == Primitive.TIMESTAMP || known == Primitive.TIMESTAMP_NTZ;
  }

  private static boolean isFiner(Object value) {
    return value instanceof Long micros && Math.floorMod(micros, 1000L) != 0;
  }

  /**
   * The row of a group, if it meets the condition.
   *
   * @param hasSchema whether the row is a struct
   * @throws ResultOverflowException when a result does not fit, or the condition has none
   */
  Optional<UpdateRow> row(
      String topic,
      long startMicros,
      ByteWriter groupKey,
      Accumulators.Group group,
      boolean hasSchema) {
    if (!isWanted(startMicros, groupKey, group)) {
      return Optional.empty();
    }
    Cells key = new Cells();
    Cells results = new Cells();
    reader.reset(groupKey.array(), 0, groupKey.length());
    for (int i = 0; i < types.keys().size(); i++) {
      key.add(aggregation.groupBy().get(i).column(), types.keys().get(i), GroupKey.read(reader));
    }
    for (int i = 0; i < types.results().size(); i++) {
      Optional<ColumnType> type = types.results().get(i);
      results.add(
          aggregation.aggregates().get(i).column(),
          type,
          type.isPresent() ? types.result(i, layout, group) : null);
    }
    long endMicros = startMicros + aggregation.window().sizeMicros();
    return Optional.of(
        hasSchema
            ? struct(topic, startMicros, endMicros, key, results)
            : map(topic, startMicros, endMicros, key, results));
  }

  private boolean isWanted(long startMicros, ByteWriter groupKey, Accumulators.Group group) {
    if (checked == null) {
      return true;
    }
    long endMicros = startMicros + aggregation.window().sizeMicros();
    Optional<ResultRow> row =
        checked.wanted(
            checked.row(startMicros, endMicros, groupKey.array(), 0, groupKey.length(), group));
    if (row.isPresent() && row.get().failure().isPresent()) {
      throw new ResultOverflowException(row.get().failure().get().getMessage());
    }
    return row.isPresent();
  }

  private UpdateRow struct(
      String topic, long startMicros, long endMicros, Cells key, Cells results) {
    Object from = ColumnForm.MILLIS.value(startMicros, Primitive.TIMESTAMP);
    Object to = ColumnForm.MILLIS.value(endMicros, Primitive.TIMESTAMP);
    Struct keyStruct = new Struct(keySchema).put(start, from).put(end, to);
    Struct value =
        new Struct(valueSchema)
            .put(
                aggregation.windowColumn(),
                new Struct(windowSchema).put("start", from).put("end", to));
    key.into(keyStruct);
    key.into(value);
    results.into(value);
    return new UpdateRow(topic, keySchema, keyStruct, valueSchema, value);
  }

  private UpdateRow map(String topic, long startMicros, long endMicros, Cells key, Cells results) {
    Object from = ColumnForm.PLAIN.value(startMicros, Primitive.TIMESTAMP);
    Object to = ColumnForm.PLAIN.value(endMicros, Primitive.TIMESTAMP);
    Map<String, Object> keyMap = new LinkedHashMap<>();
    keyMap.put(start, from);
    keyMap.put(end, to);
    Map<String, Object> window = new LinkedHashMap<>();
    window.put("start", from);
    window.put("end", to);
    Map<String, Object> value = new LinkedHashMap<>();
    value.put(aggregation.windowColumn(), window);
    key.into(keyMap);
    key.into(value);
    results.into(value);
    return new UpdateRow(topic, null, keyMap, null, value);
  }
}
