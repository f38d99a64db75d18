package io.tidemark.delta.table;

import static io.tidemark.delta.table.KernelSchemas.join;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Adds to a schema what it lacks of another one: missing columns, and missing fields of struct
 * columns at any depth. They are nullable and come after the existing ones. Existing fields do not
 * change. Pure; works on Kernel's schema, which has comments and other metadata.
 *
 * <p>With column mapping, every new field gets an id above all others and its own physical name. So
 * a column that was dropped and added again never shows old data.
 */
final class SchemaGrowth {

  private final String location;
  private final boolean mapped;
  private final List<Added> added = new ArrayList<>();
  private final StructType schema;
  private long maxFieldId;

  /** A new column or field: its dotted path and its type. */
  record Added(String path, ColumnType type) {}

  /**
   * @param mapped whether the table has column mapping
   * @param maxFieldId the highest field id that the table has ever used
   */
  SchemaGrowth(
      String location,
      StructType current,
      ColumnType.Struct wanted,
      boolean mapped,
      long maxFieldId) {
    this.location = location;
    this.mapped = mapped;
    this.maxFieldId = maxFieldId;
    this.schema = grow("", current, wanted);
  }

  /** True when nothing is missing. */
  boolean isEmpty() {
    return added.isEmpty();
  }

  /** The schema with the added columns and fields. */
  StructType schema() {
    return schema;
  }

  /** The added columns and fields, in the order of the schema. */
  List<Added> added() {
    return List.copyOf(added);
  }

  /** The highest field id afterwards. */
  long maxFieldId() {
    return maxFieldId;
  }

  private StructType grow(String path, StructType current, ColumnType.Struct wanted) {
    Map<String, Column> missing = byName(path, wanted);
    List<StructField> fields = new ArrayList<>();
    for (StructField field : current.fields()) {
      Column column = missing.remove(key(field.getName()));
      fields.add(
          column == null
              ? field
              : field.withDataType(
                  grow(join(path, field.getName()), field.getDataType(), column.type())));
    }
    for (Column column : wanted.columns()) {
      if (missing.containsKey(key(column.name()))) {
        String columnPath = join(path, column.name());
        fields.add(newField(columnPath, column));
        added.add(new Added(columnPath, column.type()));
      }
    }
    return new StructType(fields);
  }

  private DataType grow(String path, DataType current, ColumnType wanted) {
    if (current instanceof StructType struct && wanted instanceof ColumnType.Struct more) {
      return grow(path, struct, more);
    }
    if (current instanceof ArrayType array && wanted instanceof ColumnType.Array more) {
      return new ArrayType(
          grow(path + ".element", array.getElementType(), more.element()), array.containsNull());
    }
    if (current instanceof MapType map && wanted instanceof ColumnType.Map more) {
      return new MapType(
          grow(path + ".key", map.getKeyType(), more.key()),
          grow(path + ".value", map.getValueType(), more.value()),
          map.isValueContainsNull());
    }
    return current;
  }

  private StructField newField(String path, Column column) {
    FieldMetadata metadata = mapped ? mapping() : FieldMetadata.empty();
    return new StructField(column.name(), newType(path, column.type()), true, metadata);
  }

  private DataType newType(String path, ColumnType type) {
    if (type instanceof ColumnType.Struct struct) {
      byName(path, struct);
      List<StructField> fields = new ArrayList<>();
      for (Column column : struct.columns()) {
        fields.add(newField(join(path, column.name()), column));
      }
      return new StructType(fields);
    }
    if (type instanceof ColumnType.Array array) {
      return new ArrayType(newType(path + ".element", array.element()), array.containsNull());
    }
    if (type instanceof ColumnType.Map map) {
      return new MapType(
          newType(path + ".key", map.key()),
          newType(path + ".value", map.value()),
          map.valueContainsNull());
    }
    return KernelSchemas.toKernel(type);
  }

  private FieldMetadata mapping() {
    maxFieldId++;
    return FieldMetadata.builder()
        .putLong(KernelSchemas.FIELD_ID, maxFieldId)
        .putString(KernelSchemas.PHYSICAL_NAME, "col-" + UUID.randomUUID())
        .build();
  }

  private Map<String, Column> byName(String path, ColumnType.Struct struct) {
    Map<String, Column> columns = new HashMap<>();
    for (Column column : struct.columns()) {
      Column same = columns.putIfAbsent(key(column.name()), column);
      if (same != null) {
        throw TableErrors.duplicateColumn(
            location, join(path, same.name()), join(path, column.name()));
      }
    }
    return columns;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
