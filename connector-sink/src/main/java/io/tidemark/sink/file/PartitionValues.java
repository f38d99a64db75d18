package io.tidemark.sink.file;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Partition values as Delta serialises them, and the directory that shows them. Null and the empty
 * string are the same partition, null.
 *
 * <pre>
 *   date           2026-11-23
 *   timestamp      2026-11-23T10:15:30.123456Z
 *   timestamp_ntz  2026-11-23 10:15:30.123456
 *   others         plain text of the value
 *
 *   region=a%2Fb/day=__HIVE_DEFAULT_PARTITION__/
 * </pre>
 */
final class PartitionValues {

  private static final String NULL_DIRECTORY = "__HIVE_DEFAULT_PARTITION__";
  private static final String ESCAPED = "\"#%'*/:=?\\{[]^";
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);
  private static final DateTimeFormatter WALL_CLOCK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private PartitionValues() {}

  /** Whether Delta partitions by this type and its values have a faithful text. */
  static boolean accepts(ColumnType type) {
    return type instanceof ColumnType.Decimal
        || (type instanceof Primitive && type != Primitive.BINARY);
  }

  /** The text of a canonical value; null for null. */
  static String text(ColumnType type, Object value) {
    if (value == null || value.equals("")) {
      return null;
    }
    if (type == Primitive.DATE) {
      return LocalDate.ofEpochDay((Integer) value).toString();
    }
    if (type == Primitive.TIMESTAMP) {
      return INSTANT.format(dateTime((Long) value));
    }
    if (type == Primitive.TIMESTAMP_NTZ) {
      return WALL_CLOCK.format(dateTime((Long) value));
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  /** The directory below the table's, ending in a slash; empty without partition columns. */
  static String directory(List<Column> columns, List<String> texts) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      escape(columns.get(i).name(), path);
      path.append('=');
      String text = texts.get(i);
      if (text == null) {
        path.append(NULL_DIRECTORY);
      } else {
        escape(text, path);
      }
      path.append('/');
    }
    return path.toString();
  }

  private static void escape(String text, StringBuilder path) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7f || ESCAPED.indexOf(c) >= 0) {
        path.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      } else {
        path.append(c);
      }
    }
  }

  private static LocalDateTime dateTime(long micros) {
    long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
    int nanos = (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000;
    return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
  }
}
