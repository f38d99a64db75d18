package io.tidemark.expressions.type;

import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** The same schema for a value that may be null. */
final class OptionalSchemas {

  private OptionalSchemas() {}

  static Schema of(Schema schema) {
    if (schema.isOptional()) {
      return schema;
    }
    java.util.List<Field> fields = schema.type() == Schema.Type.STRUCT ? schema.fields() : null;
    Schema key = schema.type() == Schema.Type.MAP ? schema.keySchema() : null;
    boolean nested = schema.type() == Schema.Type.MAP || schema.type() == Schema.Type.ARRAY;
    return new ConnectSchema(
        schema.type(),
        true,
        schema.defaultValue(),
        schema.name(),
        schema.version(),
        schema.doc(),
        schema.parameters(),
        fields,
        key,
        nested ? schema.valueSchema() : null);
  }
}
