package io.tidemark.chaos;

import io.tidemark.cluster.Topics;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * What was acknowledged.
 *
 * @param seed of the payloads
 * @param parts what each partition was given
 */
record Ledger(long seed, Map<TopicPartition, Part> parts) {

  /**
   * What a partition was given.
   *
   * @param firstRound round of the first record, by which its event time is reckoned
   * @param records number of records; their sequence numbers and offsets are 0 to one less
   */
  record Part(long firstRound, long records) {}

  /**
   * Where a record is.
   *
   * @param partition of its topic
   * @param offset which is also its sequence number
   */
  record Place(TopicPartition partition, long offset) {}

  Ledger {
    parts = Map.copyOf(parts);
  }

  /** Fails when a partition does not end where its sequence numbers do. */
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

  /** Its rows for a {@code VALUES} of SQL: topic, partition, first round, records. */
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
