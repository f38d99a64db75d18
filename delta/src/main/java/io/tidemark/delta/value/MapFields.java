package io.tidemark.delta.value;

import io.tidemark.converters.JsonObject;
import io.tidemark.converters.JsonTokens;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.FieldPath;
import io.tidemark.delta.schema.SchemaInference;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the fields of a schemaless map into the cells of a row, with one look-up per column. A
 * difference of counts shows fields without a column, so that a map that fits is never iterated.
 * Names match ignoring case; the spelling that data uses is remembered, since it rarely changes.
 */
final class MapFields implements RowConverter {

  private final String path;
  private final String[] columns;
  private final String[] spelling;
  private final boolean[] nullable;
  private final int[] cells;
  private final ValueConverter[] converters;
  private final Map<String, Integer> index = new HashMap<>();
  private final JsonFields json;

  /**
   * @param columns those that values feed
   * @param cells for each of them its place in the row
   */
  MapFields(String path, List<Column> columns, int[] cells) {
    int size = columns.size();
    this.path = path;
    this.cells = cells;
    this.columns = new String[size];
    this.nullable = new boolean[size];
    this.converters = new ValueConverter[size];
    for (int i = 0; i < size; i++) {
      Column column = columns.get(i);
      this.columns[i] = column.name();
      nullable[i] = column.nullable();
      converters[i] =
          ValueConverters.schemaless(column.type(), FieldPath.child(path, column.name()));
      index.put(column.name().toLowerCase(Locale.ROOT), i);
    }
    this.spelling = this.columns.clone();
    this.json = new JsonFields(path, columns, cells, converters, index);
  }

  @Override
  public void convert(Object value, Object[] row) {
    if (!(value instanceof Map<?, ?> map)) {
      throw Kinds.mismatch(path, value, "map of fields");
    }
    JsonTokens tokens = map instanceof JsonObject object ? object.tokens() : null;
    if (tokens != null) {
      json.convert(tokens, ((JsonObject) map).token(), row);
      return;
    }
    int found = fill(map, row);
    if (found < map.size() && found + nulls(map, row) < map.size() && respelled(map)) {
      fill(map, row);
    }
    for (int i = 0; i < nullable.length; i++) {
      if (!nullable[i] && row[cells[i]] == null) {
        throw Kinds.missing(FieldPath.child(path, columns[i]));
      }
    }
  }

  private int fill(Map<?, ?> map, Object[] row) {
    int found = 0;
    for (int i = 0; i < spelling.length; i++) {
      Object value = map.get(spelling[i]);
      if (value == null) {
        row[cells[i]] = null;
      } else {
        row[cells[i]] = converters[i].convert(value);
        found++;
      }
    }
    return found;
  }

  /** How many columns the map names with a null. */
  private int nulls(Map<?, ?> map, Object[] row) {
    int nulls = 0;
    for (int i = 0; i < spelling.length; i++) {
      if (row[cells[i]] == null && map.containsKey(spelling[i])) {
        nulls++;
      }
    }
    return nulls;
  }

  /**
   * Checks every field that no column took.
   *
   * @return true when one of them is a column in another spelling, remembered now
   */
  private boolean respelled(Map<?, ?> map) {
    boolean respelled = false;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = String.valueOf(entry.getKey());
      Integer column = index.get(name.toLowerCase(Locale.ROOT));
      if (column == null) {
        if (SchemaInference.showsType(entry.getValue())) {
          throw new UnknownFieldException(FieldPath.child(path, name));
        }
      } else if (!spelling[column].equals(name)) {
        if (map.containsKey(spelling[column])) {
          throw new ValueException(
              FieldPath.child(path, name), "another field has the same name in another case");
        }
        spelling[column] = name;
        respelled = true;
      }
    }
    return respelled;
  }
}
