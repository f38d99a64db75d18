package io.tidemark.windows.close;

import io.tidemark.checkpoint.log.EventProgress;
import io.tidemark.windows.config.WatermarkSpec;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Computes the watermark, in epoch milliseconds, from its arguments alone. */
public final class Watermark {

  private Watermark() {}

  /**
   * The watermark after a batch. It never goes back.
   *
   * @param before the previous one; empty when there was none
   * @param partitions every topic-partition that is read. A topic without any event time does not
   *     belong to the operator and does not count.
   */
  public static OptionalLong next(
      WatermarkSpec spec, OptionalLong before, Map<TopicPartition, EventProgress> partitions) {
    OptionalLong leading = leading(spec.policy(), partitions);
    if (leading.isEmpty()) {
      return before;
    }
    long candidate = leading.getAsLong() - spec.delayMs();
    return OptionalLong.of(before.isEmpty() ? candidate : Math.max(before.getAsLong(), candidate));
  }

  /**
   * The event time that leads the watermark. With {@code MIN}, a partition that is not idle and has
   * no event time holds it back. When all partitions are idle, the largest event time leads, as if
   * they had become idle one after the other.
   */
  private static OptionalLong leading(
      WatermarkSpec.Policy policy, Map<TopicPartition, EventProgress> partitions) {
    Set<String> topics = new HashSet<>();
    long largest = Long.MIN_VALUE;
    for (Map.Entry<TopicPartition, EventProgress> partition : partitions.entrySet()) {
      OptionalLong max = partition.getValue().maxEventMs();
      if (max.isPresent()) {
        topics.add(partition.getKey().topic());
        largest = Math.max(largest, max.getAsLong());
      }
    }
    if (topics.isEmpty()) {
      return OptionalLong.empty();
    }
    if (policy == WatermarkSpec.Policy.MAX) {
      return OptionalLong.of(largest);
    }
    long smallest = Long.MAX_VALUE;
    for (Map.Entry<TopicPartition, EventProgress> partition : partitions.entrySet()) {
      if (topics.contains(partition.getKey().topic()) && !partition.getValue().silent()) {
        OptionalLong max = partition.getValue().maxEventMs();
        if (max.isEmpty()) {
          return OptionalLong.empty();
        }
        smallest = Math.min(smallest, max.getAsLong());
      }
    }
    return OptionalLong.of(smallest == Long.MAX_VALUE ? largest : smallest);
  }
}
