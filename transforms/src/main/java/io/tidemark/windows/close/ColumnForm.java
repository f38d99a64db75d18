package io.tidemark.windows.close;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.util.List;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/** The Connect types of the columns of result rows. The forms differ in dates and timestamps. */
public enum ColumnForm {
  /** Debezium's types, in microseconds, without loss. */
  MICROS {
    @Override
    Schema timestamp() {
      return SchemaBuilder.int64()
          .name("io.debezium.time.MicroTimestamp")
          .version(1)
          .optional()
          .build();
    }

    @Override
    Schema date() {
      return SchemaBuilder.int32().name("io.debezium.time.Date").version(1).optional().build();
    }

    @Override
    Object timestamp(long micros) {
      return micros;
    }

    @Override
    Object date(long days) {
      return (int) days;
    }
  },

  /** Connect's own types, in milliseconds: every sink knows them. */
  MILLIS {
    @Override
    Schema timestamp() {
      return Timestamp.builder().optional().build();
    }

    @Override
    Schema date() {
      return Date.builder().optional().build();
    }

    @Override
    Object timestamp(long micros) {
      return Timestamp.toLogical(Timestamp.SCHEMA, Math.floorDiv(micros, 1000L));
    }

    @Override
    Object date(long days) {
      return Date.toLogical(Date.SCHEMA, (int) days);
    }
  },

  /** Numbers of milliseconds, for rows without schema. */
  PLAIN {
    @Override
    Schema timestamp() {
      return Schema.OPTIONAL_INT64_SCHEMA;
    }

    @Override
    Schema date() {
      return Schema.OPTIONAL_INT64_SCHEMA;
    }

    @Override
    Object timestamp(long micros) {
      return Math.floorDiv(micros, 1000L);
    }

    @Override
    Object date(long days) {
      return days * MILLIS_PER_DAY;
    }
  };

  private static final long MILLIS_PER_DAY = 86_400_000L;

  abstract Schema timestamp();

  abstract Schema date();

  abstract Object timestamp(long micros);

  abstract Object date(long days);

  /** Schema of a column; optional. */
  public Schema schema(ColumnType type) {
    if (type instanceof ColumnType.Decimal decimal) {
      return Decimal.builder(decimal.scale())
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
      case DATE -> date();
      case TIMESTAMP, TIMESTAMP_NTZ -> timestamp();
    };
  }

  /**
   * A value of a column.
   *
   * @param value not null, of a class that aggregate functions return
   */
  public Object value(Object value, ColumnType type) {
    if (type instanceof ColumnType.Decimal decimal) {
      BigDecimal number =
          value instanceof BigDecimal big ? big : BigDecimal.valueOf(((Number) value).longValue());
      return number.setScale(decimal.scale());
    }
    if (type instanceof ColumnType.Array array) {
      return ((List<?>) value).stream().map(element -> value(element, array.element())).toList();
    }
    return switch ((Primitive) type) {
      case BYTE -> ((Long) value).byteValue();
      case SHORT -> ((Long) value).shortValue();
      case INTEGER -> ((Long) value).intValue();
      case FLOAT -> ((Double) value).floatValue();
      case DOUBLE -> ((Number) value).doubleValue();
      case DATE -> date((Long) value);
      case TIMESTAMP, TIMESTAMP_NTZ -> timestamp((Long) value);
      default -> value;
    };
  }
}
