package io.tidemark.windows.field;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.value.ValueConverter;
import io.tidemark.delta.value.ValueConverters;
import io.tidemark.delta.value.ValueException;
import io.tidemark.windows.config.EventTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.apache.kafka.connect.connector.ConnectRecord;

/**
 * Reads the event time of records, epoch microseconds, years 0000 to 9999: a number in the
 * configured unit, a date or timestamp of Connect or Debezium, ISO-8601 text, or the record's own
 * timestamp.
 */
public final class EventTimeReader {

  private static final int LONG_DIGITS = 19;
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long MIN = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond() * 1000_000;
  private static final long END =
      Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond() * 1000_000;

  private final EventTime source;
  private final FieldReader field;
  private final ValueConverter text;

  public EventTimeReader(EventTime source) {
    this.source = source;
    this.field = source.field().map(FieldReader::new).orElse(null);
    this.text = ValueConverters.schemaless(Primitive.TIMESTAMP, field == null ? "" : field.path());
  }

  /**
   * The event time of a record.
   *
   * @throws io.tidemark.common.TidemarkException naming the record when it has none
   */
  public long micros(ConnectRecord<?> record) {
    try {
      long micros = field == null ? own(record) : of(record, field.read(record), field.type());
      if (micros < MIN || micros >= END) {
        throw FieldErrors.noEventTime(record, where(), "the year is not 0000 to 9999");
      }
      return micros;
    } catch (ArithmeticException e) {
      throw FieldErrors.noEventTime(record, where(), "the year is not 0000 to 9999");
    }
  }

  private long own(ConnectRecord<?> record) {
    if (record.timestamp() == null || record.timestamp() < 0) {
      throw FieldErrors.noEventTime(record, where(), "there is none");
    }
    return Math.multiplyExact(record.timestamp(), 1000L);
  }

  private long of(ConnectRecord<?> record, Object value, ColumnType type) {
    if (value != null && field.isTimeOfDay()) {
      throw FieldErrors.noEventTime(record, where(), "it is a time of day without a date");
    }
    if (value instanceof Long number) {
      if (type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMP_NTZ) {
        return number;
      }
      return type == Primitive.DATE
          ? Math.multiplyExact(number, MICROS_PER_DAY)
          : switch (source.format()) {
            case SECONDS -> Math.multiplyExact(number, 1_000_000L);
            case MILLIS -> Math.multiplyExact(number, 1000L);
            case MICROS -> number;
            case NANOS -> Math.floorDiv(number, 1000L);
          };
    }
    if (value instanceof BigDecimal number) {
      return fraction(number);
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      return fraction(BigDecimal.valueOf(number));
    }
    if (value instanceof String) {
      if (value.equals("infinity") || value.equals("-infinity")) {
        // PostgreSQL's infinity. A column can hold it, but a watermark that follows it would close
        // every window.
        throw FieldErrors.noEventTime(record, where(), "it is infinite");
      }
      try {
        return (Long) text.convert(value);
      } catch (ValueException e) {
        throw FieldErrors.noEventTime(record, where(), e.reason());
      }
    }
    throw FieldErrors.noEventTime(
        record, where(), value == null ? "it is null" : "it is neither a time nor a number");
  }

  /** The part of a fractional number below a microsecond is cut off, as in text. */
  private long fraction(BigDecimal number) {
    BigDecimal micros =
        switch (source.format()) {
          case SECONDS -> number.movePointRight(6);
          case MILLIS -> number.movePointRight(3);
          case MICROS -> number;
          case NANOS -> number.movePointLeft(3);
        };
    // Checked before the fraction is cut off: 1e1000000 would otherwise be expanded.
    if ((long) micros.precision() - micros.scale() > LONG_DIGITS) {
      throw new ArithmeticException("beyond a long");
    }
    return micros.setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  private String where() {
    return field == null ? "the record's timestamp" : "field " + field.path();
  }
}
