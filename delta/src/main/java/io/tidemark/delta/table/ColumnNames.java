package io.tidemark.delta.table;

import static io.tidemark.delta.table.KernelSchemas.join;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names new columns of a table may have. Spark checks names before it writes the log. Kernel
 * does not check them, but Spark cannot use a table with other names.
 *
 * @param location location of the table
 * @param mapped whether the table has column mapping, which allows all characters in names
 * @param changeFeed whether the table has the change data feed, which has columns of its own
 */
record ColumnNames(String location, boolean mapped, boolean changeFeed) {

  private static final Pattern FORBIDDEN = Pattern.compile("[ ,;{}()\n\t=]");
  private static final Set<String> OF_THE_CHANGE_FEED =
      Set.of("_change_type", "_commit_version", "_commit_timestamp");

  static ColumnNames of(String location, Map<String, String> properties) {
    String mode = properties.getOrDefault("delta.columnMapping.mode", "none");
    String feed = properties.getOrDefault("delta.enableChangeDataFeed", "false");
    return new ColumnNames(location, !mode.equalsIgnoreCase("none"), Boolean.parseBoolean(feed));
  }

  /**
   * Fails for the first name that the table does not accept.
   *
   * @param columns new columns, or existing columns with new fields
   * @throws TidemarkException naming the column (TM-231, TM-232)
   */
  void require(ColumnType.Struct columns) {
    for (Column column : columns.columns()) {
      if (changeFeed && OF_THE_CHANGE_FEED.contains(column.name().toLowerCase(Locale.ROOT))) {
        throw TableErrors.reservedColumnName(location, column.name());
      }
    }
    requireFields("", columns);
  }

  private void requireFields(String path, ColumnType type) {
    if (type instanceof ColumnType.Struct struct) {
      for (Column column : struct.columns()) {
        String field = join(path, column.name());
        if (!mapped && FORBIDDEN.matcher(column.name()).find()) {
          throw TableErrors.invalidColumnName(location, field);
        }
        requireFields(field, column.type());
      }
    } else if (type instanceof ColumnType.Array array) {
      requireFields(path + ".element", array.element());
    } else if (type instanceof ColumnType.Map map) {
      requireFields(path + ".key", map.key());
      requireFields(path + ".value", map.value());
    }
  }
}
