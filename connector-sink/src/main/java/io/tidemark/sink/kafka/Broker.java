package io.tidemark.sink.kafka;

import io.tidemark.checkpoint.log.OffsetRange;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * What a task asks Kafka about the logs that it reads. Whatever Kafka does not answer in time is
 * left out of an answer; what it refuses is thrown. Used by one thread.
 */
public interface Broker {

  /**
   * A topic as it is now.
   *
   * @param id tells it from others of its name; empty when the broker gives none
   * @param partitions how many it has; 0 when Kafka does not know it
   */
  record Topic(Optional<String> id, int partitions) {}

  /**
   * What the consumer group has committed.
   *
   * @param metadata that went with it
   */
  record Committed(long offset, String metadata) {}

  /**
   * When a log drops records.
   *
   * @param ms age in milliseconds, -1 for no bound
   * @param bytes of a partition, -1 for no bound
   */
  record Retention(long ms, long bytes) {}

  /** The first offset that each log still has. */
  Map<TopicPartition, Long> earliest(Collection<TopicPartition> partitions);

  /** The end of each log. */
  Map<TopicPartition, Long> latest(Collection<TopicPartition> partitions);

  /**
   * The first offset whose record is not older.
   *
   * @param timestampMs epoch milliseconds
   * @return the end of the log where all records are older
   */
  default Map<TopicPartition, Long> since(Collection<TopicPartition> partitions, long timestampMs) {
    Map<TopicPartition, Long> timestamps = new HashMap<>();
    partitions.forEach(partition -> timestamps.put(partition, timestampMs));
    return since(timestamps);
  }

  /** The same with a time of its own for each partition, in as many questions as for one. */
  Map<TopicPartition, Long> since(Map<TopicPartition, Long> timestampsMs);

  /**
   * Whether a consumer such as the connector's gets records at these offsets: not of the markers of
   * transactions, nor of what is compacted away.
   */
  Map<TopicPartition, Boolean> holdRecords(Map<TopicPartition, OffsetRange> ranges);

  /** What the consumer group has committed; without partitions that it has not. */
  Map<TopicPartition, Committed> committed(Collection<TopicPartition> partitions);

  /** The topics, also those that Kafka does not know. */
  Map<String, Topic> topics(Collection<String> names);

  /** Id of the cluster; empty when it gives none, or no answer. */
  Optional<String> clusterId();

  /** When topics drop records; without those that never do. */
  Map<String, Retention> retention(Collection<String> topics);
}
