package io.tidemark.converters;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/**
 * Schemas in the form of Connect's converter, kept as bytes. The last one is looked at first,
 * because most topics have one schema.
 */
final class SchemaWriter {

  private final ValueWriter values;
  private final RecentlyUsed<Schema, byte[]> texts;
  private Schema last;
  private byte[] lastText;

  /**
   * @param values writes defaults
   * @param most schemas that are kept
   */
  SchemaWriter(ValueWriter values, int most) {
    this.values = values;
    this.texts = new RecentlyUsed<>(most);
  }

  /** The text of a schema that is not null; not to be written to. */
  synchronized byte[] text(Schema schema) throws IOException {
    if (schema == last) {
      return lastText;
    }
    byte[] text = texts.get(schema);
    if (text == null) {
      try (JsonOutput output = new JsonOutput()) {
        write(schema, null, output);
        text = output.toBytes();
      }
      texts.put(schema, text);
    }
    last = schema;
    lastText = text;
    return text;
  }

  private void write(Schema schema, String field, JsonOutput output) throws IOException {
    JsonGenerator generator = output.generator();
    generator.writeStartObject();
    generator.writeStringField("type", name(schema.type()));
    switch (schema.type()) {
      case ARRAY -> {
        generator.writeFieldName("items");
        write(schema.valueSchema(), null, output);
      }
      case MAP -> {
        generator.writeFieldName("keys");
        write(schema.keySchema(), null, output);
        generator.writeFieldName("values");
        write(schema.valueSchema(), null, output);
      }
      case STRUCT -> {
        generator.writeArrayFieldStart("fields");
        for (Field inside : schema.fields()) {
          write(inside.schema(), inside.name(), output);
        }
        generator.writeEndArray();
      }
      default -> {
        // The type says all.
      }
    }
    generator.writeBooleanField("optional", schema.isOptional());
    writeDetails(schema, output);
    if (field != null) {
      generator.writeStringField("field", field);
    }
    generator.writeEndObject();
  }

  private void writeDetails(Schema schema, JsonOutput output) throws IOException {
    JsonGenerator generator = output.generator();
    if (schema.name() != null) {
      generator.writeStringField("name", schema.name());
    }
    if (schema.version() != null) {
      generator.writeNumberField("version", schema.version());
    }
    if (schema.doc() != null) {
      generator.writeStringField("doc", schema.doc());
    }
    if (schema.parameters() != null) {
      generator.writeObjectFieldStart("parameters");
      for (Map.Entry<String, String> parameter : schema.parameters().entrySet()) {
        generator.writeStringField(parameter.getKey(), parameter.getValue());
      }
      generator.writeEndObject();
    }
    if (schema.defaultValue() != null) {
      generator.writeFieldName("default");
      values.write(schema, schema.defaultValue(), output);
    }
  }

  private static String name(Schema.Type type) {
    return switch (type) {
      case FLOAT32 -> "float";
      case FLOAT64 -> "double";
      default -> type.getName();
    };
  }
}
