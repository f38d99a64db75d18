package io.tidemark.expressions;

import io.tidemark.expressions.type.ConnectTypes;
import io.tidemark.expressions.type.ConnectValues;
import io.tidemark.expressions.type.Type;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/** What Kafka says of a record, under names that start with an underscore. */
final class MetadataColumns {

  static final String HEADERS = "_headers";

  private static final List<String> NAMES =
      List.of("_topic", "_partition", "_offset", "_timestamp", "_key", HEADERS);

  private MetadataColumns() {}

  static List<String> names() {
    return NAMES;
  }

  /** The column, or null if there is none of the name. */
  static Typed of(String name, Scope scope) {
    return switch (name) {
      case "_topic" -> Typed.of(Type.STRING, row -> row.record().topic());
      case "_partition" -> Typed.of(Type.INT, row -> row.record().kafkaPartition());
      case "_offset" ->
          Typed.of(
              Type.LONG,
              row -> row.record() instanceof SinkRecord record ? record.kafkaOffset() : null);
      case "_timestamp" ->
          Typed.of(
              Type.TIMESTAMP,
              row -> {
                Long ms = row.record().timestamp();
                return ms == null ? null : Instant.ofEpochMilli(ms);
              });
      case "_key" -> scope.key();
      default -> null;
    };
  }

  /** The last header of a name. */
  static Typed header(String name) {
    return Typed.of(
        Type.DYNAMIC,
        row -> {
          Header header = row.record().headers().lastWithName(name);
          if (header == null || header.value() == null) {
            return null;
          }
          if (header.schema() == null) {
            return ConnectTypes.normal(header.value());
          }
          UnaryOperator<Object> reader = ConnectValues.reader(header.schema());
          return reader == null ? header.value() : reader.apply(header.value());
        });
  }
}
