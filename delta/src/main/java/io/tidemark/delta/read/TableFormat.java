package io.tidemark.delta.read;

import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.tidemark.delta.kernel.Definition;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnSchemas;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.schema.TemporalMode;
import io.tidemark.delta.table.KernelSchemas;
import io.tidemark.delta.table.SchemaText;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * How the rows of a table are stored, and their schema: the content of one metadata action.
 * Versions with the same metadata share one object.
 *
 * @param fileColumns the columns, with their names and ids in data files
 * @param partitionColumns the partition columns, with their names in data files and in the log
 */
record TableFormat(
    String tableId,
    TableSchema schema,
    ColumnType.Struct fileColumns,
    List<String> partitionColumns,
    Schema rowSchema,
    boolean changeFeedEnabled) {

  private static final String MAPPING_MODE = "delta.columnMapping.mode";
  private static final String CHANGE_FEED = "delta.enableChangeDataFeed";

  /** How columns are found in files: by name, physical name or field id. */
  private enum Mapping {
    NONE,
    NAME,
    ID;

    static Mapping of(String location, Definition definition) {
      String mode = definition.properties().getOrDefault(MAPPING_MODE, "none");
      for (Mapping mapping : values()) {
        if (mapping.name().equalsIgnoreCase(mode)) {
          return mapping;
        }
      }
      throw ReadErrors.unreadableFeature(
          location, MAPPING_MODE + "=" + mode, "Upgrade Tidemark, or read another table.");
    }
  }

  static TableFormat of(String location, Definition definition, TemporalMode temporal) {
    ColumnType.Struct columns = columns(location, definition);
    Mapping mapping = Mapping.of(location, definition);
    ColumnType.Struct files = (ColumnType.Struct) inFiles(columns, mapping);
    List<String> partitions = definition.partitionColumns();
    return new TableFormat(
        definition.tableId(),
        new TableSchema(columns, partitions),
        files,
        partitions.stream().map(name -> inFiles(name, columns, files)).toList(),
        ColumnSchemas.row(columns, name(location), temporal),
        Boolean.parseBoolean(definition.properties().get(CHANGE_FEED)));
  }

  /** The same format with these columns only. */
  TableFormat only(Set<String> names) {
    List<Integer> kept =
        IntStream.range(0, schema.columns().columns().size())
            .filter(i -> names.contains(schema.columns().columns().get(i).name()))
            .boxed()
            .toList();
    SchemaBuilder row = SchemaBuilder.struct().name(rowSchema.name());
    kept.forEach(
        i -> row.field(rowSchema.fields().get(i).name(), rowSchema.fields().get(i).schema()));
    return new TableFormat(
        tableId,
        new TableSchema(picked(schema.columns(), kept), schema.partitionColumns()),
        picked(fileColumns, kept),
        partitionColumns,
        row.build(),
        changeFeedEnabled);
  }

  private static ColumnType.Struct picked(ColumnType.Struct columns, List<Integer> kept) {
    return new ColumnType.Struct(kept.stream().map(columns.columns()::get).toList());
  }

  private static ColumnType.Struct columns(String location, Definition definition) {
    StructType schema;
    try {
      schema = definition.schema();
    } catch (KernelException | IllegalArgumentException e) {
      // Kernel names the unknown type, but not the column.
      throw SchemaText.unknownType(definition.schemaString())
          .<RuntimeException>map(
              column -> ReadErrors.unreadableType(location, column.getKey(), column.getValue()))
          .orElse(e);
    }
    return KernelSchemas.fromKernel(
        schema,
        (path, type) -> {
          // A collation concerns the order of strings, not their content.
          if (type instanceof StringType) {
            return ColumnType.Primitive.STRING;
          }
          throw ReadErrors.unreadableType(location, path, type.toString());
        });
  }

  private static ColumnType inFiles(ColumnType type, Mapping mapping) {
    if (type instanceof ColumnType.Struct struct) {
      return new ColumnType.Struct(
          struct.columns().stream().map(column -> inFiles(column, mapping)).toList());
    }
    if (type instanceof ColumnType.Array array) {
      return new ColumnType.Array(inFiles(array.element(), mapping), array.containsNull());
    }
    if (type instanceof ColumnType.Map map) {
      return new ColumnType.Map(
          inFiles(map.key(), mapping), inFiles(map.value(), mapping), map.valueContainsNull());
    }
    return type;
  }

  private static Column inFiles(Column column, Mapping mapping) {
    return new Column(
        column.name(),
        inFiles(column.type(), mapping),
        column.nullable(),
        mapping == Mapping.NONE ? column.name() : column.physicalName(),
        mapping == Mapping.ID ? column.fieldId() : OptionalInt.empty());
  }

  private static String inFiles(String name, ColumnType.Struct columns, ColumnType.Struct files) {
    for (int i = 0; i < columns.columns().size(); i++) {
      if (columns.columns().get(i).name().equalsIgnoreCase(name)) {
        return files.columns().get(i).physicalName();
      }
    }
    return name;
  }

  private static String name(String location) {
    String trimmed = location.replaceAll("/+$", "");
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }
}
