package io.tidemark.delta.table;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.util.ArrayList;
import java.util.List;

/**
 * The lengths of Spark's char and varchar columns. In Delta these columns are strings. Spark writes
 * their declared type into the metadata of the column, as text:
 *
 * <pre>
 *   __CHAR_VARCHAR_TYPE_STRING    varchar(5)
 *                                 struct&lt;code:char(3),tags:array&lt;varchar(20)&gt;&gt;
 * </pre>
 */
final class TextLimits {

  /** Spark's key in the metadata of a column. */
  static final String KEY = "__CHAR_VARCHAR_TYPE_STRING";

  private final String text;
  private int at;

  private TextLimits(String text) {
    this.text = text;
  }

  /**
   * The type with the lengths that the text declares.
   *
   * @throws IllegalArgumentException when the text declares another type
   */
  static ColumnType applied(ColumnType type, String text) {
    TextLimits limits = new TextLimits(text);
    ColumnType limited = limits.type(type);
    if (limits.at != text.length()) {
      throw new IllegalArgumentException("unexpected text at " + limits.at);
    }
    return limited;
  }

  private ColumnType type(ColumnType type) {
    if (type instanceof ColumnType.Struct struct) {
      return struct(struct);
    }
    if (type instanceof ColumnType.Array array) {
      expect("array<");
      ColumnType element = type(array.element());
      expect(">");
      return new ColumnType.Array(element, array.containsNull());
    }
    if (type instanceof ColumnType.Map map) {
      expect("map<");
      ColumnType key = type(map.key());
      expect(",");
      ColumnType value = type(map.value());
      expect(">");
      return new ColumnType.Map(key, value, map.valueContainsNull());
    }
    String name = scalar();
    if (type == Primitive.STRING && name.startsWith("varchar(")) {
      return new ColumnType.Text(length(name), false);
    }
    return type == Primitive.STRING && name.startsWith("char(")
        ? new ColumnType.Text(length(name), true)
        : type;
  }

  private ColumnType struct(ColumnType.Struct struct) {
    expect("struct<");
    List<Column> columns = new ArrayList<>();
    for (Column column : struct.columns()) {
      if (!columns.isEmpty()) {
        expect(",");
      }
      String quoted = "`" + column.name().replace("`", "``") + "`";
      expect(text.startsWith(quoted, at) ? quoted : column.name());
      expect(":");
      columns.add(column.as(type(column.type())));
    }
    expect(">");
    return new ColumnType.Struct(columns);
  }

  /** Reads a type without nested types, such as {@code decimal(10,2)}. */
  private String scalar() {
    int start = at;
    boolean inside = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (!inside && (c == ',' || c == '>')) {
        break;
      }
      inside = c == '(' || (inside && c != ')');
    }
    return text.substring(start, at);
  }

  private static int length(String name) {
    return Integer.parseInt(name.substring(name.indexOf('(') + 1, name.length() - 1).strip());
  }

  private void expect(String wanted) {
    if (!text.startsWith(wanted, at)) {
      throw new IllegalArgumentException("expected " + wanted + " at " + at);
    }
    at += wanted.length();
  }
}
