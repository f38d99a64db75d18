package io.tidemark.chaos;

import io.tidemark.cluster.Topics;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * The acknowledged records.
 *
 * @param seed of the payloads
 * @param parts the records of each partition
 */
record Ledger(long seed, Map<TopicPartition, Part> parts) {

  /**
   * The records of a partition.
   *
   * @param firstRound round of the first record, from which its event time is computed
   * @param records number of records; their sequence numbers and offsets are 0 to one less
   */
  record Part(long firstRound, long records) {}

  /**
   * The place of a record.
   *
   * @param partition of its topic
   * @param offset which is also its sequence number
   */
  record Place(TopicPartition partition, long offset) {}

  Ledger {
    parts = Map.copyOf(parts);
  }

  /** Fails when the end offset of a partition does not match its sequence numbers. */
  static Ledger checked(long seed, Map<TopicPartition, Part> acknowledged, Topics topics) {
    Map<String, Map<Integer, Long>> ends = new TreeMap<>();
    acknowledged.forEach(
        (place, part) -> {
          Long end = ends.computeIfAbsent(place.topic(), topics::endOffsets).get(place.partition());
          if (end == null || end != part.records()) {
            throw ChaosErrors.offsetsDiffer(place, part.records(), end);
          }
        });
    return new Ledger(seed, acknowledged);
  }

  long total() {
    return parts.values().stream().mapToLong(Part::records).sum();
  }

  /** Where poison was written. */
  Set<Place> poison() {
    Payload payload = new Payload(seed);
    Set<Place> poison = new HashSet<>();
    parts.forEach(
        (partition, part) -> {
          for (long seq = 0; seq < part.records(); seq++) {
            if (payload.poison(partition.topic(), partition.partition(), seq)) {
              poison.add(new Place(partition, seq));
            }
          }
        });
    return poison;
  }

  /** Its rows for an SQL {@code VALUES} clause: topic, partition, first round, records. */
  String sql() {
    return parts.entrySet().stream()
        .map(
            entry ->
                "('%s', CAST(%d AS BIGINT), CAST(%d AS BIGINT), CAST(%d AS BIGINT))"
                    .formatted(
                        entry.getKey().topic(),
                        entry.getKey().partition(),
                        entry.getValue().firstRound(),
                        entry.getValue().records()))
        .collect(Collectors.joining(", "));
  }
}
