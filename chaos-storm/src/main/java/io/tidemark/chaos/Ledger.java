package io.tidemark.chaos;

import io.tidemark.cluster.Topics;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What was acknowledged.
 *
 * @param seed of the payloads
 * @param records number of records by place; their sequence numbers and offsets are 0 to one less
 */
record Ledger(long seed, Map<TopicPartition, Long> records) {

  Ledger {
    records = Map.copyOf(records);
  }

  /** Fails when a partition does not end where its sequence numbers do. */
  static Ledger checked(long seed, Map<TopicPartition, Long> acknowledged, Topics topics) {
    Map<String, Map<Integer, Long>> ends = new TreeMap<>();
    acknowledged.forEach(
        (place, records) -> {
          Long end = ends.computeIfAbsent(place.topic(), topics::endOffsets).get(place.partition());
          if (!records.equals(end)) {
            throw ChaosErrors.offsetsDiffer(place, records, end);
          }
        });
    return new Ledger(seed, acknowledged);
  }

  long total() {
    return records.values().stream().mapToLong(Long::longValue).sum();
  }
}
