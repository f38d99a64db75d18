package io.tidemark.expressions;

import io.tidemark.expressions.type.ConnectTypes;
import io.tidemark.expressions.type.ConnectValues;
import io.tidemark.expressions.type.Type;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * The fields of the records of a schema.
 *
 * @param root of value or key; null for maps, whose fields have the types of their values
 * @param keySchema of the key; null if it has none
 */
public record RecordScope(Schema root, Schema keySchema) implements Scope {

  /** For values without a schema, and for checks before there is a record. */
  public static final RecordScope WITHOUT_SCHEMA = new RecordScope(null, null);

  @Override
  public Typed field(String name) {
    if (root == null) {
      return Typed.of(
          Type.DYNAMIC, row -> row.root() == null ? null : Members.ofDynamic(row.root(), name));
    }
    Field field = root.field(name);
    return field == null ? null : read(field, row -> row.root());
  }

  @Override
  public Typed key() {
    if (keySchema == null) {
      return Typed.of(Type.DYNAMIC, row -> ConnectTypes.normal(row.record().key()));
    }
    return value(keySchema, row -> row.record().key());
  }

  @Override
  public List<String> names() {
    return root == null ? List.of() : root.fields().stream().map(Field::name).toList();
  }

  /** A field of a struct that an expression gives. */
  static Typed read(Field field, Expression struct) {
    return value(
        field.schema(),
        row -> {
          Object of = struct.evaluate(row);
          return of == null ? null : ((Struct) of).get(field);
        });
  }

  private static Typed value(Schema schema, Expression raw) {
    UnaryOperator<Object> reader = ConnectValues.reader(schema);
    Type type = ConnectTypes.of(schema);
    Typed plain = new Typed(type, raw, null, schema, raw);
    return reader == null ? plain : new Typed(type, plain.with(reader, 0), null, schema, raw);
  }
}
