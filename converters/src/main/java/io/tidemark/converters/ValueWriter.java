package io.tidemark.converters;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/**
 * Values of Connect as JSON, in the form of Connect's converter. Numbers that JSON does not have
 * are the texts NaN, Infinity and -Infinity, as there. Objects and arrays of {@link JsonConverter}
 * that nobody changed are copied byte by byte.
 */
final class ValueWriter {

  private final ConverterSettings settings;

  ValueWriter(ConverterSettings settings) {
    this.settings = settings;
  }

  /**
   * Writes a value.
   *
   * @param schema null for a value without schema
   * @throws Misfit when the value does not fit the schema, or has no form in JSON
   */
  void write(Schema schema, Object value, JsonOutput output) throws IOException {
    if (value == null) {
      writeNull(schema, output);
      return;
    }
    try {
      if (schema == null) {
        writeUntyped(value, output);
      } else if (!isLogical(schema, value, output)) {
        writeTyped(schema.type(), schema, value, output);
      }
    } catch (ClassCastException e) {
      throw new Misfit(
          "a "
              + value.getClass().getName()
              + " is no value for "
              + (schema == null ? "its place" : "a schema of " + schema.type()));
    }
  }

  private void writeNull(Schema schema, JsonOutput output) throws IOException {
    if (schema != null && schema.defaultValue() != null && settings.replaceNulls()) {
      write(schema, schema.defaultValue(), output);
    } else if (schema == null || schema.isOptional()) {
      output.generator().writeNull();
    } else {
      throw new Misfit("it is null, and neither optional nor with a default");
    }
  }

  /** Writes a value of one of Connect's logical types; false when it is of none. */
  private boolean isLogical(Schema schema, Object value, JsonOutput output) throws IOException {
    if (schema.name() == null) {
      return false;
    }
    JsonGenerator generator = output.generator();
    try {
      switch (schema.name()) {
        case Decimal.LOGICAL_NAME -> {
          BigDecimal decimal = (BigDecimal) value;
          if (settings.numericDecimals()) {
            generator.writeNumber(decimal);
          } else {
            generator.writeBinary(Decimal.fromLogical(schema, decimal));
          }
        }
        case Date.LOGICAL_NAME ->
            generator.writeNumber(Date.fromLogical(schema, (java.util.Date) value));
        case Time.LOGICAL_NAME ->
            generator.writeNumber(Time.fromLogical(schema, (java.util.Date) value));
        case Timestamp.LOGICAL_NAME -> {
          long millis = Timestamp.fromLogical(schema, (java.util.Date) value);
          if (settings.isoTimestamps()) {
            generator.writeString(Instant.ofEpochMilli(millis).toString());
          } else {
            generator.writeNumber(millis);
          }
        }
        default -> {
          return false;
        }
      }
    } catch (DataException e) {
      throw new Misfit("it does not fit the logical type " + schema.name());
    }
    return true;
  }

  private void writeUntyped(Object value, JsonOutput output) throws IOException {
    if (value instanceof JsonObject object && object.tokens() != null) {
      copy(object.tokens(), object.token(), output);
    } else if (value instanceof JsonArray array && array.tokens() != null) {
      copy(array.tokens(), array.token(), output);
    } else if (value instanceof Struct struct) {
      writeStruct(struct.schema(), struct, output);
    } else if (value instanceof BigDecimal decimal) {
      output.generator().writeNumber(decimal);
    } else if (value instanceof BigInteger integer) {
      output.generator().writeNumber(integer);
    } else {
      Schema.Type type = ConnectSchema.schemaType(value.getClass());
      if (type == null) {
        throw new Misfit(
            "without a schema, a " + value.getClass().getName() + " has no form in JSON");
      }
      writeTyped(type, null, value, output);
    }
  }

  private static void copy(JsonTokens tokens, int token, JsonOutput output) throws IOException {
    output.copy(tokens.bytes(), tokens.start(token), tokens.end(token));
  }

  private void writeTyped(Schema.Type type, Schema schema, Object value, JsonOutput output)
      throws IOException {
    JsonGenerator generator = output.generator();
    switch (type) {
      case INT8 -> generator.writeNumber((Byte) value);
      case INT16 -> generator.writeNumber((Short) value);
      case INT32 -> generator.writeNumber((Integer) value);
      case INT64 -> generator.writeNumber((Long) value);
      case FLOAT32 -> generator.writeNumber((Float) value);
      case FLOAT64 -> generator.writeNumber((Double) value);
      case BOOLEAN -> generator.writeBoolean((Boolean) value);
      case STRING -> generator.writeString(((CharSequence) value).toString());
      case BYTES -> generator.writeBinary(bytes(value));
      case ARRAY -> {
        Schema elements = schema == null ? null : schema.valueSchema();
        generator.writeStartArray();
        for (Object element : (Collection<?>) value) {
          write(elements, element, output);
        }
        generator.writeEndArray();
      }
      case MAP -> writeMap(schema, (Map<?, ?>) value, output);
      case STRUCT -> writeStruct(schema, (Struct) value, output);
    }
  }

  private static byte[] bytes(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** As an object when all keys are strings, otherwise as an array of pairs. */
  private void writeMap(Schema schema, Map<?, ?> map, JsonOutput output) throws IOException {
    JsonGenerator generator = output.generator();
    Schema keys = schema == null ? null : schema.keySchema();
    Schema values = schema == null ? null : schema.valueSchema();
    boolean object =
        keys == null
            ? map.keySet().stream().allMatch(String.class::isInstance)
            : keys.type() == Schema.Type.STRING;
    if (object) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        generator.writeFieldName(name(keys, entry.getKey()));
        write(values, entry.getValue(), output);
      }
      generator.writeEndObject();
      return;
    }
    generator.writeStartArray();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      generator.writeStartArray();
      write(keys, entry.getKey(), output);
      write(values, entry.getValue(), output);
      generator.writeEndArray();
    }
    generator.writeEndArray();
  }

  private String name(Schema keys, Object key) {
    if (key != null) {
      return ((CharSequence) key).toString();
    }
    if (keys != null && keys.defaultValue() != null && settings.replaceNulls()) {
      return (String) keys.defaultValue();
    }
    throw new Misfit("a key of a map is null");
  }

  private void writeStruct(Schema schema, Struct struct, JsonOutput output) throws IOException {
    if (struct.schema() != schema && !struct.schema().equals(schema)) {
      throw new Misfit("a struct has another schema than its place");
    }
    JsonGenerator generator = output.generator();
    generator.writeStartObject();
    for (Field field : schema.fields()) {
      Object value =
          settings.replaceNulls() ? struct.get(field) : struct.getWithoutDefault(field.name());
      if (value == null && settings.omitNulls() && field.schema().isOptional()) {
        continue;
      }
      generator.writeFieldName(field.name());
      try {
        write(field.schema(), value, output);
      } catch (Misfit e) {
        throw e.inside(field.name());
      }
    }
    generator.writeEndObject();
  }
}
