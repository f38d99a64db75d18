package io.tidemark.checkpoint.log;

import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Per topic-partition the end offset that a batch has reached.
 *
 * @param ends topic-partition to end offset, exclusive
 */
public record Frontier(SortedMap<TopicPartition, Long> ends) {

  /** Before the first batch. */
  public static final Frontier NONE = new Frontier(new TreeMap<>(Offsets.ORDER));

  public Frontier {
    ends = Offsets.sorted(ends);
    ends.forEach(
        (partition, end) -> {
          if (end < 0) {
            throw new IllegalArgumentException("offset " + end + " of " + partition);
          }
        });
  }

  /** The end offset of a topic-partition, empty when no batch has named it. */
  public OptionalLong end(TopicPartition partition) {
    Long end = ends.get(partition);
    return end == null ? OptionalLong.empty() : OptionalLong.of(end);
  }

  /** This frontier advanced to the ends of the ranges. */
  public Frontier advance(Map<TopicPartition, OffsetRange> ranges) {
    SortedMap<TopicPartition, Long> advanced = new TreeMap<>(Offsets.ORDER);
    advanced.putAll(ends);
    ranges.forEach((partition, range) -> advanced.put(partition, range.to()));
    return new Frontier(advanced);
  }
}
