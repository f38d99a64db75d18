package io.tidemark.delta.read;

import io.tidemark.delta.parquet.Timestamps;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import org.apache.kafka.connect.data.Schema;

/**
 * Values of partition columns, read from their text in the log. Empty text is null. A timestamp
 * without a zone is in UTC.
 */
@SuppressWarnings("JavaUtilDate") // Connect's type of dates
final class PartitionValues {

  private static final long MILLIS_PER_DAY = 86_400_000L;

  private PartitionValues() {}

  /**
   * @throws IllegalArgumentException when the text is not a value of the column's type
   */
  static Object of(Column column, Schema schema, String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return value(column.type(), schema, text);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      // The exception is not the cause: its message has the value.
      throw new IllegalArgumentException(
          "its value of partition column " + column.name() + " is not a valid " + column.type());
    }
  }

  private static Object value(ColumnType type, Schema schema, String text) {
    if (type instanceof Decimal decimal) {
      return new BigDecimal(text).setScale(decimal.scale(), RoundingMode.UNNECESSARY);
    }
    return switch ((Primitive) type) {
      case BOOLEAN -> Boolean.valueOf(text);
      case BYTE -> Byte.valueOf(text);
      case SHORT -> Short.valueOf(text);
      case INTEGER -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case FLOAT -> Float.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case STRING -> text;
      case BINARY -> text.getBytes(StandardCharsets.UTF_8);
      case DATE -> new Date(LocalDate.parse(text).toEpochDay() * MILLIS_PER_DAY);
      case TIMESTAMP, TIMESTAMP_NTZ -> Timestamps.values(schema).apply(micros(text));
    };
  }

  private static long micros(String text) {
    if (text.endsWith("Z")) {
      return micros(Instant.parse(text));
    }
    return micros(LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC));
  }

  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }
}
