package io.tidemark.delta.value;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/** The names of values in messages: their kind, never the value itself. */
final class Kinds {

  private Kinds() {}

  static String of(Object value) {
    if (value instanceof Map) {
      return "a map";
    } else if (value instanceof Struct) {
      return "a struct";
    } else if (value instanceof List) {
      return "a list";
    } else if (value instanceof byte[] || value instanceof ByteBuffer) {
      return "bytes";
    } else if (value instanceof BigDecimal) {
      return "a decimal";
    } else if (value instanceof Date) {
      return "a date or timestamp";
    } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return "an integer";
    } else if (value == null) {
      return "null";
    }
    return "a " + value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** The value is of a kind that the column never holds. */
  static ValueException mismatch(String path, Object value, Object column) {
    return new ValueException(path, of(value) + " is no " + column);
  }

  /** The kind is right, this value is not. */
  static ValueException lossy(String path, Object value, Object column) {
    return new ValueException(path, of(value) + " does not fit " + column + " without loss");
  }

  /** A null where the column forbids it. */
  static ValueException missing(String path) {
    return new ValueException(path, "the column is NOT NULL, and there is no value");
  }
}
