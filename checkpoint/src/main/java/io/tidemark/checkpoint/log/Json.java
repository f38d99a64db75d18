package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.core.JsonProcessingException;
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

  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static String text(JsonNode node) {
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
                                new TopicPartition(
                                    topic.getKey(), Integer.parseInt(partition.getKey())),
                                partition.getValue())));
  }

  static SortedMap<TopicPartition, Long> offsets(JsonNode topics) {
    SortedMap<TopicPartition, Long> offsets = new TreeMap<>(Offsets.ORDER);
    eachPartition(topics, (partition, end) -> offsets.put(partition, required(end).longValue()));
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
                    entry.getKey(), entry.getValue().isNull() ? null : entry.getValue().asText()));
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

  private static JsonNode required(JsonNode number) {
    if (!number.isIntegralNumber()) {
      throw new IllegalArgumentException("an offset is not a whole number");
    }
    return number;
  }
}
