package io.tidemark.delta.value;

import io.tidemark.converters.JsonTokens;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.FieldPath;
import io.tidemark.delta.schema.SchemaInference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the fields of a JSON object into the cells of a row, in one pass over its tokens and
 * without a map in between. The result is that of {@link MapFields}. Fields come in the same order
 * most of the time, so a name is first compared with the one that was last seen in its place.
 */
final class JsonFields {

  private static final int NO_COLUMN = -1;

  private final String path;
  private final List<Column> columns;
  private final int[] cells;
  private final ValueConverter[] converters;
  private final boolean[] texts;
  private final Map<String, Integer> index;

  /** By place in the object: the name that was last seen there, and its column. */
  private byte[][] names = new byte[0][];

  private int[] fed = {};

  /** By column: the number of the last object that had a field for it. */
  private final long[] filled;

  private long objects;

  /**
   * @param cells for each column its place in the row
   * @param converters for each column, of values without schema
   * @param index of the columns by their names in lower case
   */
  JsonFields(
      String path,
      List<Column> columns,
      int[] cells,
      ValueConverter[] converters,
      Map<String, Integer> index) {
    this.path = path;
    this.columns = columns;
    this.cells = cells;
    this.converters = converters;
    this.index = index;
    this.filled = new long[cells.length];
    this.texts = new boolean[cells.length];
    for (int i = 0; i < cells.length; i++) {
      texts[i] = columns.get(i).type() == Primitive.STRING;
    }
  }

  /**
   * Sets all cells of the columns.
   *
   * @param object the token of an object
   */
  void convert(JsonTokens tokens, int object, Object[] row) {
    objects++;
    for (int cell : cells) {
      row[cell] = null;
    }
    int members = tokens.members(object);
    if (members > names.length) {
      names = Arrays.copyOf(names, members);
      fed = Arrays.copyOf(fed, members);
    }
    int name = object + 1;
    for (int place = 0; place < members; place++) {
      int value = name + 1;
      int column = column(tokens, name, place);
      if (column == NO_COLUMN) {
        requireNoType(tokens, name, value);
      } else {
        if (filled[column] == objects) {
          throw new ValueException(
              FieldPath.child(path, tokens.text(name)),
              "another field has the same name in another case");
        }
        filled[column] = objects;
        row[cells[column]] = cell(tokens, value, column);
      }
      name = tokens.after(value);
    }
    for (int i = 0; i < cells.length; i++) {
      if (row[cells[i]] == null && !columns.get(i).nullable()) {
        throw Kinds.missing(FieldPath.child(path, columns.get(i).name()));
      }
    }
  }

  private int column(JsonTokens tokens, int name, int place) {
    byte[] last = names[place];
    if (last == null || !tokens.is(name, last)) {
      String text = tokens.text(name);
      names[place] = text.getBytes(StandardCharsets.UTF_8);
      fed[place] = index.getOrDefault(text.toLowerCase(Locale.ROOT), NO_COLUMN);
    }
    return fed[place];
  }

  private Object cell(JsonTokens tokens, int token, int column) {
    return switch (tokens.kind(token)) {
      case NULL -> null;
      case STRING ->
          texts[column] && !tokens.isEscaped(token)
              ? new Utf8(tokens.bytes(), tokens.start(token), tokens.end(token))
              : converters[column].convert(tokens.text(token));
      default -> converters[column].convert(tokens.value(token));
    };
  }

  private void requireNoType(JsonTokens tokens, int name, int value) {
    if (SchemaInference.showsType(tokens.value(value))) {
      throw new UnknownFieldException(FieldPath.child(path, tokens.text(name)));
    }
  }
}
