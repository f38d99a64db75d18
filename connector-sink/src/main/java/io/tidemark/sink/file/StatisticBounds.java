package io.tidemark.sink.file;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.apache.parquet.io.api.Binary;

/**
 * Smallest and largest values of a column as Delta writes them into statistics. A bound may be
 * wider than the data, never narrower: strings are cut to 32 characters, timestamps to
 * milliseconds, a maximum upwards. Values that cannot be written like this have no bound.
 */
final class StatisticBounds {

  private static final int MAX_CHARACTERS = 32;
  private static final int LAST_ASCII = 0x7f;
  private static final long MICROS_PER_MILLI = 1000;
  private static final DateTimeFormatter WALL_CLOCK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

  private StatisticBounds() {}

  /** Whether Delta knows bounds for columns of this type. */
  static boolean exist(ColumnType type) {
    return type instanceof Decimal
        || (type.stored() instanceof Primitive
            && type != Primitive.BINARY
            && type != Primitive.BOOLEAN);
  }

  /** The lower bound for a smallest value as Parquet keeps it. */
  static Optional<Object> min(ColumnType type, Object value) {
    return bound(type, value, false);
  }

  /** The upper bound for a largest value as Parquet keeps it. */
  static Optional<Object> max(ColumnType type, Object value) {
    return bound(type, value, true);
  }

  private static Optional<Object> bound(ColumnType type, Object value, boolean upper) {
    if (type instanceof Decimal decimal) {
      return Optional.of(new BigDecimal(unscaled(value), decimal.scale()));
    }
    return switch ((Primitive) type.stored()) {
      case STRING -> string(((Binary) value).toStringUsingUTF8(), upper);
      case DATE -> date((Integer) value);
      case TIMESTAMP -> timestamp((Long) value, upper).map(text -> text + "Z");
      case TIMESTAMP_NTZ -> timestamp((Long) value, upper).map(text -> text);
      case FLOAT, DOUBLE ->
          Double.isFinite(((Number) value).doubleValue()) ? Optional.of(value) : Optional.empty();
      default -> Optional.of(value);
    };
  }

  private static BigInteger unscaled(Object value) {
    return value instanceof Binary binary
        ? new BigInteger(binary.getBytes())
        : BigInteger.valueOf(((Number) value).longValue());
  }

  private static Optional<Object> string(String text, boolean upper) {
    if (text.codePointCount(0, text.length()) <= MAX_CHARACTERS) {
      return Optional.of(text);
    }
    int cut = text.offsetByCodePoints(0, MAX_CHARACTERS);
    String prefix = text.substring(0, cut);
    if (!upper) {
      return Optional.of(prefix);
    }
    // The prefix is smaller than the text: one character more, greater than the one cut off.
    int next = text.codePointAt(cut);
    if (next == Character.MAX_CODE_POINT) {
      return Optional.empty();
    }
    return Optional.of(
        prefix + Character.toString(next < LAST_ASCII ? LAST_ASCII : Character.MAX_CODE_POINT));
  }

  private static Optional<Object> date(int days) {
    LocalDate date = LocalDate.ofEpochDay(days);
    return hasFourDigits(date.getYear()) ? Optional.of(date.toString()) : Optional.empty();
  }

  private static Optional<Object> timestamp(long micros, boolean upper) {
    long millis =
        upper ? -Math.floorDiv(-micros, MICROS_PER_MILLI) : Math.floorDiv(micros, MICROS_PER_MILLI);
    try {
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(
              Math.floorDiv(millis, 1000L),
              (int) Math.floorMod(millis, 1000L) * 1_000_000,
              ZoneOffset.UTC);
      return hasFourDigits(time.getYear())
          ? Optional.of(WALL_CLOCK.format(time))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean hasFourDigits(int year) {
    return year >= 0 && year <= 9999;
  }
}
