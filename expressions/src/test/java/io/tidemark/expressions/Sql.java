package io.tidemark.expressions;

import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** Evaluates expressions on single records. */
final class Sql {

  static final long NOW_MS = 1_700_000_000_123L;

  private Sql() {}

  /** The value of an expression without fields. */
  static Object value(String expression) {
    return onMap(expression, Map.of());
  }

  static Object onMap(String expression, Map<?, ?> value) {
    return Compiler.compile(expression, RecordScope.WITHOUT_SCHEMA)
        .expression()
        .evaluate(row(null, value));
  }

  static Object onStruct(String expression, Struct value) {
    return Compiler.compile(expression, new RecordScope(value.schema(), null))
        .expression()
        .evaluate(row(value.schema(), value));
  }

  static Row row(Schema schema, Object value) {
    SinkRecord record =
        new SinkRecord(
            "orders",
            3,
            null,
            Map.of("id", 7L),
            schema,
            value,
            41L,
            1_500L,
            TimestampType.CREATE_TIME);
    record.headers().addString("trace", "x");
    return new Row(record, value, () -> NOW_MS);
  }
}
