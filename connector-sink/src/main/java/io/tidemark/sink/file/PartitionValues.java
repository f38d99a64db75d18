package io.tidemark.sink.file;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.sink.record.PartitionTexts;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
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
 *
 * Readers take the values from the log, not from the directory. The directory is therefore plain
 * ASCII in every locale of the worker, and short enough for every file system and object store.
 */
final class PartitionValues {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String NULL_DIRECTORY = "__HIVE_DEFAULT_PARTITION__";
  private static final int LONGEST_COMPONENT = 200;
  private static final int LONGEST_DIRECTORY = 500;
  private static final int HASH_DIGITS = 16;
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);
  private static final DateTimeFormatter WALL_CLOCK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private PartitionValues() {}

  /** Whether Delta partitions by this type and its values have a faithful text. */
  static boolean accepts(ColumnType type) {
    return type instanceof ColumnType.Decimal
        || (type.stored() instanceof Primitive && type != Primitive.BINARY);
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
      StringBuilder component = new StringBuilder();
      escape(columns.get(i).name(), component);
      component.append('=');
      String text = texts.get(i);
      if (text == null) {
        component.append(NULL_DIRECTORY);
      } else {
        escape(text, component);
      }
      path.append(shortened(component.toString(), LONGEST_COMPONENT)).append('/');
    }
    return path.length() <= LONGEST_DIRECTORY
        ? path.toString()
        : shortened(path.toString().replace('/', ','), LONGEST_COMPONENT) + "/";
  }

  private static void escape(String text, StringBuilder path) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (PartitionTexts.isEscaped(b)) {
        path.append('%').append(HEX.toHexDigits(b));
      } else {
        path.append((char) b);
      }
    }
  }

  /** The text, or its beginning and a hash of the whole text when it is too long. */
  private static String shortened(String component, int longest) {
    if (component.length() <= longest) {
      return component;
    }
    byte[] hash = sha256().digest(component.getBytes(StandardCharsets.US_ASCII));
    return component.substring(0, longest - HASH_DIGITS - 1)
        + "~"
        + HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static LocalDateTime dateTime(long micros) {
    long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
    int nanos = (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000;
    return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
  }
}
