package io.tidemark.delta.value;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.LogicalType;
import java.time.DateTimeException;
import java.util.Date;
import java.util.function.ToLongFunction;

/**
 * Converts dates, timestamps and times for their columns. Without a schema a whole number in a
 * timestamp column is epoch milliseconds, as in Connect; in a timestamp_ntz column the wall clock
 * is UTC's.
 */
@SuppressWarnings("JavaUtilDate") // Connect hands its logical types over as Date
final class Times {

  private static final long MILLIS_PER_DAY = 86_400_000L;

  private Times() {}

  /** For date columns: a {@code java.util.Date} at midnight UTC, or ISO-8601 text. */
  static ValueConverter dates(String path) {
    return value -> {
      if (value instanceof String text) {
        return (int) read(IsoTime::days, text, Primitive.DATE, path);
      }
      if (!(value instanceof Date date)) {
        throw Kinds.mismatch(path, value, Primitive.DATE);
      }
      long millis = date.getTime();
      long days = Math.floorDiv(millis, MILLIS_PER_DAY);
      if (days * MILLIS_PER_DAY != millis || days != (int) days) {
        throw Kinds.lossy(path, value, Primitive.DATE);
      }
      return (int) days;
    };
  }

  /** For timestamp and timestamp_ntz columns: epoch milliseconds, a Date, or ISO-8601 text. */
  static ValueConverter timestamps(Primitive type, String path) {
    ToLongFunction<String> text =
        type == Primitive.TIMESTAMP ? IsoTime::instant : IsoTime::wallClock;
    return value -> {
      if (value instanceof String string) {
        return read(text, string, type, path);
      }
      if (value instanceof Long millis) {
        return scaled(millis, 1000, value, type, path);
      }
      if (value instanceof Date date) {
        return scaled(date.getTime(), 1000, value, type, path);
      }
      throw Kinds.mismatch(path, value, type);
    };
  }

  /** For values of a schema that says what they count. */
  static ValueConverter of(LogicalType logical, ColumnType type, String path) {
    boolean timestamp = type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMP_NTZ;
    boolean date = type == Primitive.DATE;
    boolean time = type == Primitive.LONG;
    return switch (logical) {
      case DATE -> date ? dates(path) : mismatch("a date", type, path);
      case EPOCH_DAYS -> date ? value -> value : mismatch("a date", type, path);
      case TIMESTAMP ->
          timestamp ? timestamps((Primitive) type, path) : mismatch("a timestamp", type, path);
      case EPOCH_MILLIS, EPOCH_MICROS, EPOCH_NANOS ->
          timestamp ? count(logical, type, path) : mismatch("a timestamp", type, path);
      case ZONED_TIMESTAMP ->
          type == Primitive.TIMESTAMP
              ? timestamps(Primitive.TIMESTAMP, path)
              : Scalars.of(type, path);
      case TIME ->
          time
              ? value -> scaled(((Date) value).getTime(), 1000, value, type, path)
              : mismatch("a time", type, path);
      case DAY_MILLIS, DAY_MICROS, DAY_NANOS ->
          time ? count(logical, type, path) : mismatch("a time", type, path);
      case ZONED_TIME ->
          time
              ? value -> read(IsoTime::utcTimeOfDay, (String) value, type, path)
              : Scalars.of(type, path);
      default -> throw new IllegalArgumentException("not a time: " + logical);
    };
  }

  private static ValueConverter count(LogicalType logical, ColumnType type, String path) {
    return switch (logical) {
      case EPOCH_MICROS, DAY_MICROS -> value -> value;
      case EPOCH_NANOS, DAY_NANOS -> value -> Math.floorDiv((Long) value, 1000L);
      default -> value -> scaled(((Number) value).longValue(), 1000, value, type, path);
    };
  }

  private static ValueConverter mismatch(String kind, ColumnType type, String path) {
    return value -> {
      throw new ValueException(path, kind + " is no " + type);
    };
  }

  private static long scaled(long number, long factor, Object value, Object type, String path) {
    try {
      return Math.multiplyExact(number, factor);
    } catch (ArithmeticException e) {
      throw Kinds.lossy(path, value, type);
    }
  }

  private static long read(
      ToLongFunction<String> format, String text, ColumnType type, String path) {
    try {
      return format.applyAsLong(text);
    } catch (DateTimeException e) {
      throw new ValueException(path, "the string is no ISO-8601 " + type);
    }
  }
}
