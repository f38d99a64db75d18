package io.tidemark.windows.fake;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records as a sink's transformation gets them: orders-3@881. */
public final class Records {

  private Records() {}

  /** A record of this value, and of no timestamp. */
  public static SinkRecord of(Object value) {
    return of(value, null);
  }

  /** A record of this value and timestamp. */
  public static SinkRecord of(Object value, Long timestamp) {
    Schema schema = value instanceof Struct struct ? struct.schema() : null;
    return new SinkRecord(
        "orders", 3, null, null, schema, value, 881, timestamp, TimestampType.CREATE_TIME);
  }

  /** A struct of one field, optional unless its schema says otherwise. */
  public static Struct struct(String name, Schema schema, Object value) {
    Struct struct = new Struct(SchemaBuilder.struct().optional().field(name, schema).build());
    return value == null ? struct : struct.put(name, value);
  }

  /** A map of one entry, which may be null. */
  public static Map<String, Object> map(String name, Object value) {
    Map<String, Object> map = new HashMap<>();
    map.put(name, value);
    return map;
  }
}
