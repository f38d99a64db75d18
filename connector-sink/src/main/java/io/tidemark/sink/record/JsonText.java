package io.tidemark.sink.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.tidemark.delta.schema.FieldPath;
import io.tidemark.delta.value.ValueException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/**
 * Keys and header values as text: a string as it is, everything else as JSON, bytes inside or alone
 * in Base64, dates as epoch milliseconds.
 */
final class JsonText {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private JsonText() {}

  /**
   * The text of a Connect value; null for null.
   *
   * @throws ValueException when it is nested deeper than JSON is read again, 1,000 levels
   */
  static String of(Object value) {
    if (value == null || value instanceof String) {
      return (String) value;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      write(value, generator);
    } catch (StreamConstraintsException e) {
      throw new ValueException(FieldPath.ROOT, "it is nested too deep for JSON");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean bare = value instanceof byte[] || value instanceof ByteBuffer;
    String json = text.toString();
    return bare ? json.substring(1, json.length() - 1) : json;
  }

  @SuppressWarnings("JavaUtilDate") // Connect hands its logical types over as Date
  private static void write(Object value, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Struct struct) {
      json.writeStartObject();
      for (Field field : struct.schema().fields()) {
        json.writeFieldName(field.name());
        write(struct.get(field), json);
      }
      json.writeEndObject();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        write(entry.getValue(), json);
      }
      json.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        write(item, json);
      }
      json.writeEndArray();
    } else if (value instanceof byte[] bytes) {
      json.writeBinary(bytes);
    } else if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      json.writeBinary(bytes);
    } else {
      scalar(value, json);
    }
  }

  @SuppressWarnings("JavaUtilDate") // Connect hands its logical types over as Date
  private static void scalar(Object value, JsonGenerator json) throws IOException {
    if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof BigDecimal decimal) {
      json.writeNumber(decimal);
    } else if (value instanceof BigInteger integer) {
      json.writeNumber(integer);
    } else if (value instanceof Float number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof Date date) {
      json.writeNumber(date.getTime());
    } else {
      json.writeString(String.valueOf(value));
    }
  }
}
