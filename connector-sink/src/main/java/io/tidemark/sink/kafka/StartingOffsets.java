package io.tidemark.sink.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.checkpoint.log.Offsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Where to begin in a partition that no batch and no segment has ever named. */
public sealed interface StartingOffsets {

  /** At the first offset that the log has. */
  record Earliest() implements StartingOffsets {
    @Override
    public String toString() {
      return EARLIEST;
    }
  }

  /** At the end of the log. */
  record Latest() implements StartingOffsets {
    @Override
    public String toString() {
      return LATEST;
    }
  }

  /** Where the consumer group stands, else as its reset policy says. */
  record Committed() implements StartingOffsets {
    @Override
    public String toString() {
      return COMMITTED;
    }
  }

  /**
   * At the first record that is not older.
   *
   * @param timestampMs epoch milliseconds
   */
  record Since(long timestampMs) implements StartingOffsets {}

  /**
   * At an offset of its own.
   *
   * @param offsets {@link #AT_EARLIEST} and {@link #AT_LATEST} among them
   */
  record Each(SortedMap<TopicPartition, Long> offsets) implements StartingOffsets {
    public Each {
      offsets = Offsets.sorted(offsets);
    }
  }

  String EARLIEST = "earliest";
  String LATEST = "latest";
  String COMMITTED = "committed";

  long AT_LATEST = -1;
  long AT_EARLIEST = -2;

  /**
   * Reads a word, or Spark's JSON: {@code {"orders":{"0":23,"1":-2}}}.
   *
   * @throws IllegalArgumentException when it is neither; the message ends a sentence about it
   */
  static StartingOffsets parse(String text) {
    return switch (text.trim()) {
      case EARLIEST -> new Earliest();
      case LATEST -> new Latest();
      case COMMITTED -> new Committed();
      default -> new Each(each(text));
    };
  }

  private static SortedMap<TopicPartition, Long> each(String text) {
    JsonNode topics;
    try {
      topics =
          new ObjectMapper()
              .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "must be earliest, latest, committed, or JSON such as {\"orders\":{\"0\":23,\"1\":-2}}",
          e);
    }
    if (!topics.isObject() || topics.isEmpty()) {
      throw new IllegalArgumentException(
          "must name topics, as in {\"orders\":{\"0\":23,\"1\":-2}}");
    }
    SortedMap<TopicPartition, Long> offsets = new TreeMap<>(Offsets.ORDER);
    for (Map.Entry<String, JsonNode> topic : topics.properties()) {
      if (!topic.getValue().isObject() || topic.getValue().isEmpty()) {
        throw new IllegalArgumentException("must name partitions of topic " + topic.getKey());
      }
      for (Map.Entry<String, JsonNode> partition : topic.getValue().properties()) {
        offsets.put(
            new TopicPartition(topic.getKey(), number(topic.getKey(), partition.getKey())),
            offset(topic.getKey(), partition));
      }
    }
    return Collections.unmodifiableSortedMap(offsets);
  }

  private static int number(String topic, String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as of a negative one.
    }
    throw new IllegalArgumentException(
        "must name partitions of topic " + topic + " by number, not " + text);
  }

  private static long offset(String topic, Map.Entry<String, JsonNode> partition) {
    JsonNode offset = partition.getValue();
    if (!offset.isIntegralNumber() || !offset.canConvertToLong() || offset.longValue() < -2) {
      throw new IllegalArgumentException(
          "must give "
              + topic
              + "-"
              + partition.getKey()
              + " an offset, -1 for latest or -2 for earliest");
    }
    return offset.longValue();
  }
}
