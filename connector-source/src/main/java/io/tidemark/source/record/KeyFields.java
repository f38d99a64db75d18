package io.tidemark.source.record;

import io.tidemark.source.error.SourceErrors;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * The key of rows of one schema: the value of the one key field, or a struct of several. A field
 * inside a struct has the name {@code outer_inner} there.
 */
final class KeyFields {

  /** The fields from the row to the value. */
  private record Path(List<Field> fields) {

    Schema schema() {
      return fields.get(fields.size() - 1).schema();
    }

    Object value(Struct row) {
      Object value = row;
      for (Field field : fields) {
        value = value == null ? null : ((Struct) value).get(field);
      }
      return value;
    }

    boolean optional() {
      return fields.stream().anyMatch(field -> field.schema().isOptional());
    }
  }

  private final List<Path> paths = new ArrayList<>();
  private final Schema schema;

  /**
   * @param names at least one
   */
  KeyFields(List<String> names, Schema rows, String table, long version) {
    for (String name : names) {
      paths.add(path(name, rows, table, version));
    }
    this.schema = paths.size() == 1 ? single(paths.get(0)) : struct(names, rows);
  }

  private static Path path(String name, Schema rows, String table, long version) {
    List<Field> fields = new ArrayList<>();
    Schema schema = rows;
    for (String part : name.split("\\.", -1)) {
      Field field = schema.type() == Schema.Type.STRUCT ? schema.field(part) : null;
      if (field == null) {
        throw SourceErrors.keyField(table, version, name, "the table has no such field");
      }
      fields.add(field);
      schema = field.schema();
    }
    if (!schema.type().isPrimitive() && !Decimal.LOGICAL_NAME.equals(schema.name())) {
      throw SourceErrors.keyField(
          table, version, name, "it is of type " + schema.type() + ", which is no single value");
    }
    return new Path(fields);
  }

  /** The field's own schema, optional when a struct around it may be missing. */
  private static Schema single(Path path) {
    Schema schema = path.schema();
    if (schema.isOptional() || !path.optional()) {
      return schema;
    }
    SchemaBuilder copy =
        new SchemaBuilder(schema.type()).name(schema.name()).version(schema.version()).optional();
    return (schema.parameters() == null ? copy : copy.parameters(schema.parameters())).build();
  }

  private Schema struct(List<String> names, Schema rows) {
    SchemaBuilder struct = SchemaBuilder.struct().name(rows.name() + ".Key");
    for (int i = 0; i < names.size(); i++) {
      struct.field(names.get(i).replace('.', '_'), single(paths.get(i)));
    }
    return struct.build();
  }

  SchemaAndValue of(Struct row) {
    if (paths.size() == 1) {
      return new SchemaAndValue(schema, paths.get(0).value(row));
    }
    Struct key = new Struct(schema);
    for (int i = 0; i < paths.size(); i++) {
      key.put(schema.fields().get(i), paths.get(i).value(row));
    }
    return new SchemaAndValue(schema, key);
  }
}
