package io.tidemark.sink.task;

import io.tidemark.sink.segment.SegmentWriter;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a session stands, for metrics.
 *
 * @param waiting own segments that are in no batch
 * @param openFiles data files that take rows
 * @param bufferedBytes memory of what is not written, about
 * @param frontier of each owned partition the first offset that no table has; without those whose
 *     beginning is not known
 * @param partitions number of owned partitions
 * @param oldestMs timestamp of the oldest record that was read and that no table has, epoch
 *     milliseconds; empty when there is none
 */
public record Standing(
    int waiting,
    int openFiles,
    long bufferedBytes,
    Map<TopicPartition, Long> frontier,
    int partitions,
    OptionalLong oldestMs) {

  static Standing of(TaskChain chain, SegmentWriter writer) {
    return new Standing(
        chain.waiting(),
        writer.openFiles(),
        writer.bufferedBytes(),
        chain.origins(),
        chain.partitions().size(),
        chain.oldestMs());
  }
}
