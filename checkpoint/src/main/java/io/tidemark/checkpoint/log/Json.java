package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** The JSON shapes that several logs share. */
final class Json {

  /** Strict: no writer of logs leaves trailing content or duplicate fields. */
  static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static String line(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** {@code {"topic":{"0":value}}}, in order of the map. */
  static <V> ObjectNode byTopic(SortedMap<TopicPartition, V> values, Function<V, JsonNode> toJson) {
    ObjectNode topics = object();
    values.forEach(
        (partition, value) ->
            topics
                .withObjectProperty(partition.topic())
                .set(Integer.toString(partition.partition()), toJson.apply(value)));
    return topics;
  }

  static void eachPartition(JsonNode topics, BiConsumer<TopicPartition, JsonNode> consumer) {
    topics
        .properties()
        .forEach(
            topic ->
                topic
                    .getValue()
                    .properties()
                    .forEach(
                        partition ->
                            consumer.accept(
                                new TopicPartition(topic.getKey(), partition(partition.getKey())),
                                partition.getValue())));
  }

  private static int partition(String text) {
    int number = Integer.parseInt(text);
    if (number < 0) {
      throw new IllegalArgumentException("partition " + number);
    }
    return number;
  }

  static SortedMap<TopicPartition, Long> offsets(JsonNode topics) {
    SortedMap<TopicPartition, Long> offsets = new TreeMap<>(Offsets.ORDER);
    eachPartition(topics, (partition, end) -> offsets.put(partition, number(end)));
    return offsets;
  }

  static ObjectNode strings(Map<String, String> values) {
    ObjectNode node = object();
    values.forEach(node::put);
    return node;
  }

  static SortedMap<String, String> strings(JsonNode node) {
    SortedMap<String, String> values = new TreeMap<>();
    node.properties()
        .forEach(
            entry ->
                values.put(
                    entry.getKey(), entry.getValue().isNull() ? null : text(entry.getValue())));
    return values;
  }

  /** The field, which must be there. */
  static JsonNode required(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null) {
      throw new IllegalArgumentException("field \"" + field + "\" is missing");
    }
    return value;
  }

  /** The field, which must be a whole number. */
  static long number(JsonNode node, String field) {
    return number(required(node, field));
  }

  /** The value, which must be a whole number: Jackson's own reading makes 0 of anything else. */
  static long number(JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("there is no whole number where one belongs");
    }
    return value.longValue();
  }

  /** The field, which must be a text. */
  static String text(JsonNode node, String field) {
    return text(required(node, field));
  }

  /** The value, which must be a text. */
  static String text(JsonNode value) {
    if (!value.isTextual()) {
      throw new IllegalArgumentException("there is no text where one belongs");
    }
    return value.textValue();
  }
}
