package io.tidemark.source.record;

import io.tidemark.delta.schema.FieldRef;
import io.tidemark.source.error.SourceErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * @param fields at least one
   */
  KeyFields(List<String> fields, Schema rows, String table, long version) {
    List<FieldRef> names = fields.stream().map(FieldRef::parse).toList();
    for (FieldRef name : names) {
      paths.add(path(name, rows, table, version));
    }
    this.schema = paths.size() == 1 ? single(paths.get(0)) : struct(names, rows);
  }

  private static Path path(FieldRef name, Schema rows, String table, long version) {
    List<Field> fields = new ArrayList<>();
    Schema schema = rows;
    Optional<String> literal = name.literal().filter(whole -> rows.field(whole) != null);
    for (String part : literal.map(List::of).orElse(name.path())) {
      Field field = schema.type() == Schema.Type.STRUCT ? schema.field(part) : null;
      if (field == null) {
        throw SourceErrors.keyField(table, version, name.toString(), "the table has no such field");
      }
      fields.add(field);
      schema = field.schema();
    }
    if (!schema.type().isPrimitive() && !Decimal.LOGICAL_NAME.equals(schema.name())) {
      throw SourceErrors.keyField(
          table,
          version,
          name.toString(),
          "it is of type " + schema.type() + ", which is not a single value");
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

  private Schema struct(List<FieldRef> names, Schema rows) {
    SchemaBuilder struct = SchemaBuilder.struct().name(rows.name() + ".Key");
    for (int i = 0; i < names.size(); i++) {
      struct.field(name(names.get(i)), single(paths.get(i)));
    }
    return struct.build();
  }

  /** What a field is called in a key of several. */
  static String name(FieldRef field) {
    return String.join("_", field.path()).replace('.', '_');
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
