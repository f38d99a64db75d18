package io.tidemark.command.reset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.checkpoint.log.Offsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Offsets of a topic as an operator writes them: {@code {"0":1500,"1":null}}. */
public final class WantedOffsets {

  private static final ObjectMapper JSON = new ObjectMapper();

  private WantedOffsets() {}

  /**
   * Reads offsets of several topics: {@code {"orders":{"0":1500}}}.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static SortedMap<TopicPartition, OptionalLong> parse(String text) {
    SortedMap<TopicPartition, OptionalLong> offsets = new TreeMap<>(Offsets.ORDER);
    for (Map.Entry<String, JsonNode> topic : object(text, "topics").properties()) {
      offsets.putAll(parse(topic.getKey(), topic.getValue().toString()));
    }
    return offsets;
  }

  /**
   * Reads the text; null stands for a partition that starts as if it was never read.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static SortedMap<TopicPartition, OptionalLong> parse(String topic, String text) {
    JsonNode json = object(text, "partitions");
    SortedMap<TopicPartition, OptionalLong> offsets = new TreeMap<>(Offsets.ORDER);
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      if (!entry.getKey().matches("[0-9]{1,9}")
          || !(entry.getValue().isNull() || entry.getValue().canConvertToLong())
          || entry.getValue().isFloatingPointNumber()) {
        throw new IllegalArgumentException(
            "\"" + entry.getKey() + "\" is not a partition with an offset");
      }
      offsets.put(
          new TopicPartition(topic, Integer.parseInt(entry.getKey())),
          entry.getValue().isNull()
              ? OptionalLong.empty()
              : OptionalLong.of(entry.getValue().longValue()));
    }
    return offsets;
  }

  private static JsonNode object(String text, String what) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not JSON", e);
    }
    if (json == null || !json.isObject() || json.isEmpty()) {
      throw new IllegalArgumentException("it is not a JSON object of " + what);
    }
    return json;
  }
}
