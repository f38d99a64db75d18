package io.tidemark.delta.value;

import io.tidemark.common.TidemarkException;
import java.util.Map;
import java.util.Set;

/**
 * Values that JsonConverter wrote with their schema but read without it:
 *
 * <pre>
 *   {"schema": {"type": "struct", "fields": [...]}, "payload": {...}}
 * </pre>
 *
 * As rows they would be a column for the schema and one for all fields; as records to aggregate
 * they would have none of the fields that are named.
 */
public final class SchemaEnvelope {

  private static final Set<String> TYPES =
      Set.of(
          "boolean", "int8", "int16", "int32", "int64", "float", "double", "bytes", "string",
          "array", "map", "struct");

  private SchemaEnvelope() {}

  /** Whether a value is an envelope; rarely true, but called for every record. */
  public static boolean isOne(Object value) {
    return value instanceof Map<?, ?> map
        && map.size() == 2
        && map.containsKey("payload")
        && map.get("schema") instanceof Map<?, ?> schema
        && schema.get("type") instanceof String type
        && TYPES.contains(type);
  }

  /**
   * The reason to reject such a record.
   *
   * @param record its topic, partition and offset
   */
  public static TidemarkException refusal(String record) {
    return TidemarkException.of(
        "TM-109",
        """
        Cannot use %s: its value is a schema and a payload, as JsonConverter writes them, and the
        value converter did not unwrap them. Set value.converter.schemas.enable=true, or set
        errors.tolerance=all to send such records to the dead letter queue.""",
        record);
  }
}
