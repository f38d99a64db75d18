package io.tidemark.expressions.type;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Schema;

/** Values as Connect holds them into values as types hold them, and back. */
@SuppressWarnings("JavaUtilDate") // Connect hands its logical types over as Date
public final class ConnectValues {

  private ConnectValues() {}

  /** Reads values of a schema that are not null; null if they are already as they should be. */
  public static UnaryOperator<Object> reader(Schema schema) {
    Type type = ConnectTypes.of(schema);
    return switch (type.kind()) {
      case BINARY -> raw -> raw instanceof ByteBuffer buffer ? ConnectTypes.bytes(buffer) : raw;
      case DECIMAL -> raw -> decimal((BigDecimal) raw, type);
      case DATE ->
          raw ->
              raw instanceof java.util.Date date
                  ? LocalDate.ofEpochDay(Math.floorDiv(date.getTime(), 86_400_000L))
                  : LocalDate.ofEpochDay(((Number) raw).longValue());
      case TIMESTAMP -> timestamp(schema);
      case ARRAY -> array(reader(schema.valueSchema()));
      case MAP -> map(reader(schema.keySchema()), reader(schema.valueSchema()));
      default -> null;
    };
  }

  /** A value of a column with the schema that {@link ConnectTypes#schema} gives for the type. */
  public static Object write(Object value, Type type) {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case DATE -> new java.util.Date(((LocalDate) value).toEpochDay() * 86_400_000L);
      case TIMESTAMP -> millis((Instant) value);
      case ARRAY -> {
        List<Object> written = new ArrayList<>();
        ((List<?>) value).forEach(element -> written.add(write(element, type.element())));
        yield written;
      }
      case MAP -> {
        Map<Object, Object> written = new LinkedHashMap<>();
        ((Map<?, ?>) value)
            .forEach((key, of) -> written.put(write(key, type.key()), write(of, type.element())));
        yield written;
      }
      case DYNAMIC -> writeDynamic(value);
      default -> value;
    };
  }

  private static Object writeDynamic(Object value) {
    if (value instanceof LocalDate) {
      return write(value, Type.DATE);
    }
    return value instanceof Instant ? write(value, Type.TIMESTAMP) : value;
  }

  private static java.util.Date millis(Instant instant) {
    if (!instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))) {
      throw new Failure(
          "the timestamp is finer than a millisecond, which Connect's Timestamp cannot hold; use"
              + " date_trunc('MILLISECOND', ...)");
    }
    return new java.util.Date(instant.toEpochMilli());
  }

  private static BigDecimal decimal(BigDecimal value, Type type) {
    BigDecimal scaled = value.scale() == type.scale() ? value : value.setScale(type.scale());
    if (scaled.precision() > type.precision()) {
      throw new Failure("a decimal has more digits than its type");
    }
    return scaled;
  }

  private static UnaryOperator<Object> timestamp(Schema schema) {
    return switch (String.valueOf(schema.name())) {
      case LogicalNames.MICRO_TIMESTAMP -> raw -> TimeText.ofMicros((Long) raw);
      case LogicalNames.NANO_TIMESTAMP ->
          raw -> TimeText.ofMicros(Math.floorDiv((Long) raw, 1000L));
      case LogicalNames.TIMESTAMP -> raw -> Instant.ofEpochMilli((Long) raw);
      case LogicalNames.ZONED_TIMESTAMP -> ConnectValues::zoned;
      default ->
          raw ->
              Instant.ofEpochMilli(
                  raw instanceof java.util.Date date ? date.getTime() : (Long) raw);
    };
  }

  private static Instant zoned(Object raw) {
    try {
      return java.time.OffsetDateTime.parse((String) raw)
          .toInstant()
          .truncatedTo(ChronoUnit.MICROS);
    } catch (java.time.DateTimeException e) {
      throw new Failure("the text of a field with a time zone is not a timestamp");
    }
  }

  private static UnaryOperator<Object> array(UnaryOperator<Object> element) {
    if (element == null) {
      return null;
    }
    return raw -> {
      List<Object> read = new ArrayList<>();
      ((List<?>) raw).forEach(value -> read.add(value == null ? null : element.apply(value)));
      return read;
    };
  }

  private static UnaryOperator<Object> map(
      UnaryOperator<Object> keys, UnaryOperator<Object> values) {
    if (keys == null && values == null) {
      return null;
    }
    UnaryOperator<Object> key = keys == null ? UnaryOperator.identity() : keys;
    UnaryOperator<Object> value = values == null ? UnaryOperator.identity() : values;
    return raw -> {
      Map<Object, Object> read = new LinkedHashMap<>();
      ((Map<?, ?>) raw)
          .forEach(
              (k, v) ->
                  read.put(k == null ? null : key.apply(k), v == null ? null : value.apply(v)));
      return read;
    };
  }
}
