package io.tidemark.expressions;

import io.tidemark.expressions.type.ConnectTypes;
import io.tidemark.expressions.type.ConnectValues;
import io.tidemark.expressions.type.Failure;
import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Fields of structs and values of maps, by name. */
final class Members {

  private Members() {}

  static Typed of(Typed parent, String name) {
    Type type = parent.type();
    Expression struct = parent.expression();
    if (type.is(Kind.STRUCT)) {
      Field field = type.schema().field(name);
      if (field == null) {
        throw new TypeMismatch(
            "There is no field " + name + "; the fields are " + names(type.schema().fields()));
      }
      return RecordScope.read(field, struct);
    }
    if (type.is(Kind.MAP) && type.key().is(Kind.STRING)) {
      return Typed.of(
          type.element(),
          row -> {
            Object map = struct.evaluate(row);
            return map == null ? null : ConnectTypes.normal(((Map<?, ?>) map).get(name));
          });
    }
    if (type.is(Kind.DYNAMIC)) {
      return Typed.of(
          Type.DYNAMIC,
          row -> {
            Object value = struct.evaluate(row);
            return value == null ? null : ofDynamic(value, name);
          });
    }
    throw new TypeMismatch("The field " + name + " is taken of " + type + ", which has no fields");
  }

  /** The member of a value whose type is only known now. */
  static Object ofDynamic(Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      return ConnectTypes.normal(map.get(name));
    }
    if (value instanceof Struct struct) {
      Field field = struct.schema().field(name);
      Object raw = field == null ? null : struct.get(field);
      UnaryOperator<Object> reader = raw == null ? null : ConnectValues.reader(field.schema());
      return reader == null ? raw : reader.apply(raw);
    }
    throw new Failure("a field is taken of a value that is not a structure");
  }

  static String names(java.util.List<Field> fields) {
    return fields.stream()
        .map(Field::name)
        .limit(30)
        .collect(java.util.stream.Collectors.joining(", "));
  }
}
