package io.tidemark.simulation;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Checks which records are left of each key, with a map of keys. From the logs it takes only the
 * segments of each batch, in order, and the watermarks. In which order a task got records of two
 * partitions is in no log, so it accepts either as the first one of a segment.
 */
final class DistinctOracle {

  private final World world;
  private final Set<String> found;
  private final long delayMs;

  /** Key to the event time from which the delay counts. */
  private final Map<String, Long> keys = new HashMap<>();

  /** Keys with a row that was lost in a way that is allowed: nothing is known of them any more. */
  private final Set<String> unknown = new HashSet<>();

  private record Candidate(
      int segment, TopicPartition partition, long offset, long eventMs, String name) {}

  private DistinctOracle(World world, Set<String> found) {
    this.world = world;
    this.found = found;
    this.delayMs = world.windowing.aggregation().orElseThrow().watermark().delayMs();
  }

  /** Fails unless these rows are left of the batches. */
  static void check(World world, Collection<Batch> committed, Set<String> found) {
    DistinctOracle oracle = new DistinctOracle(world, found);
    OptionalLong watermarkMs = OptionalLong.empty();
    for (Batch batch : committed) {
      oracle.follow(batch, watermarkMs.orElse(Long.MIN_VALUE));
      OperatorState state = batch.operators().get(Windowing.OPERATOR);
      if (state != null) {
        watermarkMs = state.watermarkMs();
      }
    }
  }

  private void follow(Batch batch, long lateMs) {
    Map<String, List<Candidate>> byKey = new TreeMap<>();
    for (int i = 0; i < batch.accepted().size(); i++) {
      add(world.history.segment(batch.accepted().get(i)).orElseThrow(), i, byKey);
    }
    byKey.forEach((key, candidates) -> check(batch.number(), key, candidates, lateMs));
  }

  private void add(Segment segment, int number, Map<String, List<Candidate>> byKey) {
    for (TopicPartition partition : segment.ranges().keySet()) {
      if (world.windowing.mayDrop(partition.topic())) {
        for (long offset : world.history.held(segment, partition)) {
          Windowing.Content content = world.windowing.content(partition, offset);
          String name = world.kafka.name(partition, offset);
          byKey
              .computeIfAbsent(content.group(), absent -> new ArrayList<>())
              .add(new Candidate(number, partition, offset, content.eventMs(), name));
        }
      }
    }
  }

  private void check(long batch, String key, List<Candidate> candidates, long lateMs) {
    if (candidates.stream().anyMatch(any -> world.mishaps.isExcused(any.name()))) {
      unknown.add(key);
    }
    if (unknown.contains(key)) {
      return;
    }
    Long before = keys.get(key);
    boolean had = before != null && (lateMs == Long.MIN_VALUE || before + delayMs > lateMs);
    List<Candidate> onTime = candidates.stream().filter(any -> any.eventMs() > lateMs).toList();
    List<Candidate> rows = candidates.stream().filter(any -> found.contains(any.name())).toList();
    int expected = had || onTime.isEmpty() ? 0 : 1;
    Invariants.require(
        rows.size() == expected,
        "distinct",
        () ->
            "batch %d has %d rows of %s, not %d: %s of %s, late up to %d, the key was at %s"
                .formatted(batch, rows.size(), key, expected, rows, candidates, lateMs, before));
    if (expected == 0) {
      return;
    }
    Candidate row = rows.get(0);
    int first = onTime.stream().mapToInt(Candidate::segment).min().orElseThrow();
    Invariants.require(
        row.segment() == first
            && onTime.stream()
                .noneMatch(
                    any ->
                        any.segment() == first
                            && any.partition().equals(row.partition())
                            && any.offset() < row.offset()),
        "distinct",
        () ->
            "batch %d keeps %s, which is not the first of %s, late up to %d"
                .formatted(batch, row, candidates, lateMs));
    long largest =
        candidates.stream()
            .filter(any -> any.segment() == first)
            .mapToLong(Candidate::eventMs)
            .max()
            .orElseThrow();
    keys.put(key, row.eventMs() > lateMs ? row.eventMs() : largest);
  }
}
