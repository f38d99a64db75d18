package io.tidemark.delta.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** A common form in which our rows and Spark's JSON can be compared. */
@SuppressWarnings("JavaUtilDate") // Connect's type of dates
final class Canonical {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  private Canonical() {}

  /** A row from the text of Spark's {@code to_json}. */
  static Map<String, Object> row(String json) {
    try {
      TreeMap<String, Object> row = new TreeMap<>();
      JSON.readTree(json)
          .properties()
          .forEach(member -> row.put(member.getKey(), value(member.getValue())));
      return row;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Object value(JsonNode node) {
    if (node.isObject()) {
      return row(node.toString());
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(element -> list.add(value(element)));
      return list;
    }
    if (node.isNumber()) {
      return number(node.decimalValue());
    }
    return node.isNull() ? null : node.isBoolean() ? (Object) node.asBoolean() : node.asText();
  }

  /** A row of ours. */
  static Map<String, Object> row(Struct struct) {
    TreeMap<String, Object> row = new TreeMap<>();
    for (Field field : struct.schema().fields()) {
      row.put(field.name(), value(struct.get(field), field.schema()));
    }
    return row;
  }

  private static Object value(Object value, Schema schema) {
    if (value == null) {
      return null;
    }
    if (value instanceof Struct struct) {
      return row(struct);
    }
    if (value instanceof List<?> list) {
      List<Object> elements = new ArrayList<>();
      list.forEach(element -> elements.add(value(element, schema.valueSchema())));
      return elements;
    }
    if (value instanceof Map<?, ?> map) {
      TreeMap<String, Object> entries = new TreeMap<>();
      map.forEach(
          (key, entry) ->
              entries.put(key(key, schema.keySchema()), value(entry, schema.valueSchema())));
      return entries;
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof Date date) {
      return LocalDate.ofEpochDay(Math.floorDiv(date.getTime(), 86_400_000L)).toString();
    }
    if ("io.debezium.time.MicroTimestamp".equals(schema.name())) {
      long micros = (Long) value;
      return TIMESTAMP.format(
          Instant.ofEpochSecond(
              Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000));
    }
    if (value instanceof Number) {
      String text = value.toString();
      return text.endsWith("N") || text.endsWith("y") ? text : number(new BigDecimal(text));
    }
    return value;
  }

  /** Spark writes keys as it holds them: dates as days. */
  private static String key(Object key, Schema schema) {
    return key instanceof Date date
        ? Long.toString(Math.floorDiv(date.getTime(), 86_400_000L))
        : String.valueOf(value(key, schema));
  }

  private static BigDecimal number(BigDecimal number) {
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }
}
