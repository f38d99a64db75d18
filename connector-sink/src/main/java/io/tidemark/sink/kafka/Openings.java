package io.tidemark.sink.kafka;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.recovery.ResumePlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds what a task is to continue against what Kafka has. */
final class Openings {

  private static final Logger LOG = LoggerFactory.getLogger(Openings.class);

  private final Broker broker;
  private final TopicPolicy policy;
  private final String location;
  private final TopicIds topics;

  Openings(Broker broker, TopicPolicy policy, String location, TopicIds topics) {
    this.broker = broker;
    this.policy = policy;
    this.location = location;
    this.topics = topics;
  }

  /** See {@link TopicWatch#open}. */
  Optional<Opening> of(
      Collection<TopicPartition> partitions, ResumePlan plan, Map<TopicPartition, Long> origins) {
    Optional<Set<String>> changed = topics.look(partitions, plan);
    if (changed.isEmpty()) {
      LOG.warn("Waiting for Kafka to return the cluster id and the topic ids of {}", partitions);
      return Optional.empty();
    }
    if (!changed.get().isEmpty()) {
      return topics.rebases(changed.get(), plan).map(Opening::after);
    }
    Map<TopicPartition, Long> due = new HashMap<>();
    List<TopicPartition> fresh = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      List<Long> cuts = plan.cutsOf(partition);
      if (!cuts.isEmpty()) {
        due.put(partition, cuts.get(cuts.size() - 1));
      } else if (origins.containsKey(partition)) {
        due.put(partition, origins.get(partition));
      } else {
        fresh.add(partition);
      }
    }
    Optional<Map<TopicPartition, Long>> starts =
        fresh.isEmpty()
            ? Optional.of(Map.of())
            : new Starts(broker, policy).resolve(fresh, plan.cuts().keySet());
    if (starts.isEmpty()) {
      LOG.warn("Waiting for Kafka to return the offsets at which to begin in {}", fresh);
      return Optional.empty();
    }
    Optional<TopicPartition> truncated = truncated(due);
    SortedMap<TopicPartition, OffsetRange> lost = lost(due);
    Set<TopicPartition> doubtful = new HashSet<>(lost.keySet());
    truncated.ifPresent(doubtful::add);
    if (!doubtful.isEmpty() && topics.mayChange(doubtful)) {
      return Optional.empty();
    }
    warnOfForeignOffsets(due);
    return Optional.of(new Opening(starts.get(), lost, List.of(), failure(truncated, due, lost)));
  }

  private Optional<TidemarkException> failure(
      Optional<TopicPartition> truncated,
      Map<TopicPartition, Long> due,
      SortedMap<TopicPartition, OffsetRange> lost) {
    if (truncated.isPresent()) {
      TopicPartition partition = truncated.get();
      long end = broker.latest(List.of(partition)).getOrDefault(partition, 0L);
      return Optional.of(LogErrors.truncated(partition, due.get(partition), end, location));
    }
    return lost.isEmpty() || !policy.failOnDataLoss()
        ? Optional.empty()
        : Optional.of(LogErrors.dataLost(lost, location));
  }

  /** A partition whose log ends below its position. */
  private Optional<TopicPartition> truncated(Map<TopicPartition, Long> due) {
    Map<TopicPartition, Long> ends = broker.latest(topics.present(due.keySet()));
    return due.keySet().stream()
        .filter(partition -> ends.getOrDefault(partition, Long.MAX_VALUE) < due.get(partition))
        .min(Offsets.ORDER);
  }

  private SortedMap<TopicPartition, OffsetRange> lost(Map<TopicPartition, Long> due) {
    Map<TopicPartition, Long> earliest = broker.earliest(topics.present(due.keySet()));
    SortedMap<TopicPartition, OffsetRange> lost = new TreeMap<>(Offsets.ORDER);
    due.forEach(
        (partition, position) -> {
          Long first = earliest.get(partition);
          if (first != null && first > position) {
            lost.put(partition, new OffsetRange(position, first));
          }
        });
    return lost;
  }

  /** Warns an operator who reset the group's offset that the reset has no effect. */
  private void warnOfForeignOffsets(Map<TopicPartition, Long> due) {
    if (due.isEmpty()) {
      return;
    }
    broker
        .committed(due.keySet())
        .forEach(
            (partition, committed) -> {
              if (!TopicWatch.COMMITTED.equals(committed.metadata())
                  && committed.offset() != due.get(partition)) {
                LOG.warn(
                    "The consumer group's offset of {} was reset to {} outside this connector. That"
                        + " has no effect: the connector continues at {}, where its checkpoint"
                        + " location ends. To reset the offset, stop the connector and use"
                        + " PATCH /connectors/<name>/offsets.",
                    partition,
                    committed.offset(),
                    due.get(partition));
              }
            });
  }
}
