package io.tidemark.sink.record;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.FieldRef;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of {@code table.partition.by}: a column, or the UTC date or hour of a timestamp column
 * as a column of its own, {@code date(ts)} as {@code ts_date} and {@code hour(ts)} as {@code
 * ts_hour}.
 *
 * @param source column that the value comes from
 */
public record PartitionField(String source, Transform transform) {

  /** How the partition column is derived from the source column. */
  public enum Transform {
    /** The column itself. */
    IDENTITY,
    /** Its UTC date, type date. */
    DATE,
    /** Its hour of the UTC day, 0 to 23, type integer. */
    HOUR
  }

  private static final Pattern CALL = Pattern.compile("(date|hour)\\s*\\((.*)\\)");

  /** Names that need no backticks. */
  private static final Pattern PLAIN = Pattern.compile("[^()\\s`]+");

  private static final long MICROS_PER_HOUR = 3_600_000_000L;
  private static final long HOURS_PER_DAY = 24;

  /**
   * Reads {@code column}, {@code date(column)} or {@code hour(column)}. A column is named as a
   * whole, dots included; in backticks it can have any name, as in Spark: {@code `date(x)`}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static PartitionField parse(String text) {
    Matcher call = CALL.matcher(text.strip());
    return call.matches()
        ? new PartitionField(
            column(call.group(2)), Transform.valueOf(call.group(1).toUpperCase(Locale.ROOT)))
        : new PartitionField(column(text), Transform.IDENTITY);
  }

  private static String column(String text) {
    String name = text.strip();
    if (PLAIN.matcher(name).matches()) {
      return name;
    }
    if (!name.startsWith("`")) {
      throw new IllegalArgumentException("not the name of a column: " + name);
    }
    return FieldRef.parse(name)
        .column()
        .orElseThrow(() -> new IllegalArgumentException("not one name: " + name));
  }

  /** Name of the partition column. */
  public String column() {
    return switch (transform) {
      case IDENTITY -> source;
      case DATE -> source + "_date";
      case HOUR -> source + "_hour";
    };
  }

  /** Whether the connector fills the column, rather than a field of the value. */
  public boolean isDerived() {
    return transform != Transform.IDENTITY;
  }

  /** The column as a table has it; only of a derived one. */
  Column derivedColumn() {
    return new Column(
        column(), transform == Transform.DATE ? Primitive.DATE : Primitive.INTEGER, true);
  }

  /** Whether this can be derived from a column of this type. */
  boolean accepts(ColumnType type) {
    return type == Primitive.TIMESTAMP
        || type == Primitive.TIMESTAMP_NTZ
        || (type == Primitive.DATE && transform == Transform.DATE);
  }

  /** The derived cell for a cell of the source column, which may be null. */
  Object value(Object cell) {
    if (!(cell instanceof Long micros)) {
      return cell;
    }
    long hours = Math.floorDiv(micros, MICROS_PER_HOUR);
    return transform == Transform.DATE
        ? (int) Math.floorDiv(hours, HOURS_PER_DAY)
        : (int) Math.floorMod(hours, HOURS_PER_DAY);
  }
}
