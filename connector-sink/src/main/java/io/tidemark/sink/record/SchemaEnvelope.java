package io.tidemark.sink.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Values that JsonConverter wrote with their schema and read without:
 *
 * <pre>
 *   {"schema": {"type": "struct", "fields": [...]}, "payload": {...}}
 * </pre>
 *
 * As rows they would be a column for the schema and one for all fields.
 */
public final class SchemaEnvelope {

  private static final Set<String> TYPES =
      Set.of(
          "boolean", "int8", "int16", "int32", "int64", "float", "double", "bytes", "string",
          "array", "map", "struct");

  private SchemaEnvelope() {}

  /** Whether there is one among the values; seldom, and asked for every record. */
  public static boolean isAmong(Collection<SinkRecord> records) {
    for (SinkRecord record : records) {
      if (isOne(record.value())) {
        return true;
      }
    }
    return false;
  }

  /** The records that are none; the others are rejected. */
  public static List<SinkRecord> sift(Collection<SinkRecord> records, Rejects rejects) {
    List<SinkRecord> rest = new ArrayList<>(records.size());
    for (SinkRecord record : records) {
      if (isOne(record.value())) {
        rejects.reject(record, RecordErrors.schemaInValue(record));
      } else {
        rest.add(record);
      }
    }
    return rest;
  }

  static boolean isOne(Object value) {
    return value instanceof Map<?, ?> map
        && map.size() == 2
        && map.containsKey("payload")
        && map.get("schema") instanceof Map<?, ?> schema
        && schema.get("type") instanceof String type
        && TYPES.contains(type);
  }
}
