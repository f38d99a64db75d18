package io.tidemark.sink.window;

import io.tidemark.checkpoint.log.Offsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** The largest event time of each partition in a segment, which the watermark follows. */
final class MaxEventTimes {

  private final SortedMap<TopicPartition, Long> maxMs = new TreeMap<>(Offsets.ORDER);

  /** The partition of the previous record, kept because the next one is usually of the same. */
  private TopicPartition partition;

  private long partitionMaxMs = Long.MIN_VALUE;

  /**
   * Late records count too; those from the future do not.
   *
   * @param latestMs event times after this do not count
   * @return the partition of the record
   */
  TopicPartition seen(SinkRecord record, long micros, long latestMs) {
    if (partition == null
        || partition.partition() != record.originalKafkaPartition()
        || !partition.topic().equals(record.originalTopic())) {
      flush();
      partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }
    long ms = Math.floorDiv(micros, 1000L);
    if (ms <= latestMs && ms > partitionMaxMs) {
      partitionMaxMs = ms;
    }
    return partition;
  }

  /** All of them; absent for a partition without one that counts. */
  SortedMap<TopicPartition, Long> all() {
    flush();
    return maxMs;
  }

  /** Forgets everything. */
  void clear() {
    maxMs.clear();
    partition = null;
    partitionMaxMs = Long.MIN_VALUE;
  }

  private void flush() {
    if (partition != null && partitionMaxMs != Long.MIN_VALUE) {
      maxMs.merge(partition, partitionMaxMs, Math::max);
    }
    partitionMaxMs = Long.MIN_VALUE;
  }
}
