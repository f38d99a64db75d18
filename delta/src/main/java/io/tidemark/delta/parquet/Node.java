package io.tidemark.delta.parquet;

import io.tidemark.delta.schema.ColumnType;
import org.apache.kafka.connect.data.Schema;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/**
 * The part of a field of a file that is read, and its converter.
 *
 * @param type the field, without the parts that are not read
 */
record Node(Type type, Converter converter) {

  /**
   * The node for a column of any type.
   *
   * @param path of the column, for errors
   * @param file the field as the file has it
   * @param calendar of the file
   * @throws ColumnMismatchException when the file's type cannot be read as the column's
   */
  static Node of(
      ColumnType type, Schema schema, Type file, String path, FileCalendar calendar, Cell cell) {
    if (type instanceof ColumnType.Struct struct) {
      return StructConverter.node(struct, schema, group(file, type, path), path, calendar, cell);
    }
    if (type instanceof ColumnType.Array array) {
      return ListConverter.node(array, schema, group(file, type, path), path, calendar, cell);
    }
    if (type instanceof ColumnType.Map map) {
      return MapConverter.node(map, schema, group(file, type, path), path, calendar, cell);
    }
    if (!file.isPrimitive()) {
      throw new ColumnMismatchException(path, type, file);
    }
    return new Node(file, Leaves.of(type, schema, file.asPrimitiveType(), path, calendar, cell));
  }

  private static GroupType group(Type file, ColumnType type, String path) {
    if (file.isPrimitive()) {
      throw new ColumnMismatchException(path, type, file);
    }
    return file.asGroupType();
  }
}
