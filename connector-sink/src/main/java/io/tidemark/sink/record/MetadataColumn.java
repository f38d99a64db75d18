package io.tidemark.sink.record;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.value.ValueException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A column that says where a record came from. Topic, partition and offset are the original ones,
 * before any transformation, so that they name the record in Kafka.
 */
public enum MetadataColumn {
  /** {@code _kafka_topic}, string. */
  TOPIC,
  /** {@code _kafka_partition}, integer. */
  PARTITION,
  /** {@code _kafka_offset}, long. */
  OFFSET,
  /** {@code _kafka_timestamp}, timestamp; null when the record has none. */
  TIMESTAMP,
  /** {@code _kafka_key}, string: text as it is, anything else as JSON; see {@link JsonText}. */
  KEY,
  /** {@code _kafka_headers}, map of string to string, values like keys; the last of a name wins. */
  HEADERS;

  /** The column as a table has it. */
  public Column column() {
    return new Column("_kafka_" + this, type(), true);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private ColumnType type() {
    return switch (this) {
      case TOPIC, KEY -> Primitive.STRING;
      case PARTITION -> Primitive.INTEGER;
      case OFFSET -> Primitive.LONG;
      case TIMESTAMP -> Primitive.TIMESTAMP;
      case HEADERS -> new ColumnType.Map(Primitive.STRING, Primitive.STRING, true);
    };
  }

  /** The cell of this column for a record. */
  Object value(SinkRecord record) {
    return switch (this) {
      case TOPIC -> record.originalTopic();
      case PARTITION -> record.originalKafkaPartition();
      case OFFSET -> record.originalKafkaOffset();
      case TIMESTAMP -> record.timestamp() == null ? null : micros(record.timestamp());
      case KEY -> text(record.key());
      case HEADERS -> headers(record);
    };
  }

  /** Producers may send any number, such as nanoseconds. */
  private Long micros(long millis) {
    try {
      return Math.multiplyExact(millis, 1000L);
    } catch (ArithmeticException e) {
      throw new ValueException(
          column().name(), "the record's timestamp is beyond the range of a timestamp in Delta");
    }
  }

  private String text(Object value) {
    try {
      return JsonText.of(value);
    } catch (ValueException e) {
      throw new ValueException(column().name(), e.reason());
    }
  }

  private Map<String, String> headers(SinkRecord record) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      texts.put(header.key(), text(header.value()));
    }
    return texts;
  }
}
