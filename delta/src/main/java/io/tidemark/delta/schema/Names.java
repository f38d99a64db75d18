package io.tidemark.delta.schema;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Column names as Delta compares them: ignoring case. */
final class Names {

  private Names() {}

  /** The folded name, which is equal for two names of the same column. */
  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The columns of a struct by folded name. */
  static Map<String, Column> index(ColumnType.Struct struct) {
    Map<String, Column> index = new HashMap<>();
    for (Column column : struct.columns()) {
      index.put(folded(column.name()), column);
    }
    return index;
  }

  /** The struct itself, when no two of its names differ only in case. */
  static ColumnType.Struct distinct(ColumnType.Struct struct, String path) {
    Map<String, String> seen = new HashMap<>();
    for (Column column : struct.columns()) {
      String other = seen.put(folded(column.name()), column.name());
      if (other != null) {
        throw SchemaErrors.sameName(
            FieldPath.child(path, other), FieldPath.child(path, column.name()));
      }
    }
    return struct;
  }
}
