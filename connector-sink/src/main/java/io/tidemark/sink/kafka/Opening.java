package io.tidemark.sink.kafka;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.batch.OffsetReset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Result of the checks when partitions are opened.
 *
 * @param starts where to begin, also in partitions of other tasks: see {@link Starts}
 * @param lost offsets that were deleted just before the next offset to read
 * @param resets what a batch has to reset first, because topics were created again; if it is there,
 *     the other components are ignored
 * @param failure with which the task fails if the plan is still the newest one
 */
public record Opening(
    Map<TopicPartition, Long> starts,
    SortedMap<TopicPartition, OffsetRange> lost,
    List<OffsetReset> resets,
    Optional<TidemarkException> failure) {

  static final Opening NOTHING =
      new Opening(Map.of(), new TreeMap<>(Offsets.ORDER), List.of(), Optional.empty());

  static Opening after(List<OffsetReset> resets) {
    return new Opening(Map.of(), new TreeMap<>(Offsets.ORDER), resets, Optional.empty());
  }

  /** Whether it holds only if the plan did when Kafka answered: others may have continued. */
  public boolean isDoubtful() {
    return !lost.isEmpty() || failure.isPresent();
  }
}
