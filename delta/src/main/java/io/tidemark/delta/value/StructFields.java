package io.tidemark.delta.value;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ConnectTypes;
import io.tidemark.delta.schema.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Writes the fields of a Struct of one schema into the cells of a row. The column of each field is
 * determined once, ignoring case.
 */
final class StructFields implements RowConverter {

  private final String path;
  private final List<Cell> fed = new ArrayList<>();
  private final List<Cell> empty = new ArrayList<>();
  private final List<Field> unknown;

  /** A column's place in the row, and what feeds it; field and converter null for nothing. */
  private record Cell(int index, Column column, Field field, ValueConverter converter) {}

  StructFields(String path, List<Column> columns, int[] cells, Schema schema) {
    this.path = path;
    Map<String, Field> fields = new HashMap<>();
    for (Field field : schema.fields()) {
      fields.put(field.name().toLowerCase(Locale.ROOT), field);
    }
    for (int i = 0; i < cells.length; i++) {
      Column column = columns.get(i);
      Field field = fields.remove(column.name().toLowerCase(Locale.ROOT));
      if (field == null) {
        empty.add(new Cell(cells[i], column, null, null));
      } else {
        String place = FieldPath.child(path, field.name());
        ValueConverter converter = ValueConverters.of(column.type(), field.schema(), place);
        fed.add(new Cell(cells[i], column, field, converter));
      }
    }
    this.unknown =
        fields.values().stream()
            .filter(field -> ConnectTypes.type(field.schema()).isPresent())
            .toList();
  }

  @Override
  public void convert(Object value, Object[] row) {
    if (!(value instanceof Struct struct)) {
      throw Kinds.mismatch(path, value, "struct");
    }
    for (Cell cell : empty) {
      row[cell.index] = orMissing(null, cell.column);
    }
    for (Cell cell : fed) {
      Object raw = value(struct, cell.field);
      row[cell.index] = raw == null ? orMissing(null, cell.column) : cell.converter.convert(raw);
    }
    for (Field field : unknown) {
      if (value(struct, field) != null) {
        throw new UnknownFieldException(FieldPath.child(path, field.name()));
      }
    }
  }

  private Object orMissing(Object value, Column column) {
    if (!column.nullable()) {
      throw Kinds.missing(FieldPath.child(path, column.name()));
    }
    return value;
  }

  /** The default replaces null only where null is not allowed. */
  private static Object value(Struct struct, Field field) {
    Schema schema = field.schema();
    return schema.defaultValue() != null && schema.isOptional()
        ? struct.getWithoutDefault(field.name())
        : struct.get(field);
  }
}
