package io.tidemark.sink.edge;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.batch.FrontierMove;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What {@code open} has to know of its partitions.
 *
 * @param starts where to begin, also in partitions of other tasks: see {@link Starts}
 * @param lost what is gone in front of the records to read next
 * @param moves what a batch has to do first, since topics were created again; then nothing of the
 *     rest counts
 * @param failure what the task has to fail with, if the plan still holds
 */
public record Opening(
    Map<TopicPartition, Long> starts,
    SortedMap<TopicPartition, OffsetRange> lost,
    List<FrontierMove> moves,
    Optional<TidemarkException> failure) {

  static final Opening NOTHING =
      new Opening(Map.of(), new TreeMap<>(Offsets.ORDER), List.of(), Optional.empty());

  static Opening after(List<FrontierMove> moves) {
    return new Opening(Map.of(), new TreeMap<>(Offsets.ORDER), moves, Optional.empty());
  }

  /** Whether it holds only if the plan did when Kafka answered: others may have gone on. */
  public boolean isDoubtful() {
    return !lost.isEmpty() || failure.isPresent();
  }
}
