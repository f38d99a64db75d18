package io.tidemark.sink.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resolves where to begin. Of a topic with history whatever was not there at its start has been
 * added since, and begins at its earliest offset.
 */
final class Starts {

  private static final Logger LOG = LoggerFactory.getLogger(Starts.class);

  private final Broker broker;
  private final TopicPolicy policy;

  Starts(Broker broker, TopicPolicy policy) {
    this.broker = broker;
    this.policy = policy;
  }

  /**
   * Where to begin in partitions that no log names.
   *
   * @param fresh the partitions
   * @param known those that logs name
   * @return for {@code latest} and a time also partitions that were not asked for: they are decided
   *     for all partitions of a topic at once, so that none is later taken for one that was added.
   *     Empty when Kafka did not tell all
   */
  Optional<Map<TopicPartition, Long>> resolve(
      Collection<TopicPartition> fresh, Collection<TopicPartition> known) {
    Set<String> old = new HashSet<>();
    known.forEach(partition -> old.add(partition.topic()));
    if (policy.starting() instanceof StartingOffsets.Earliest) {
      return complete(fresh, broker.earliest(fresh));
    }
    if (policy.starting() instanceof StartingOffsets.Since since) {
      return atOnce(fresh, old, all -> broker.since(all, since.timestampMs()));
    }
    if (policy.starting() instanceof StartingOffsets.Latest) {
      return atOnce(fresh, old, broker::latest);
    }
    if (policy.starting() instanceof StartingOffsets.Each each) {
      return each(fresh, old, each.offsets());
    }
    return Optional.of(Map.of());
  }

  private Optional<Map<TopicPartition, Long>> atOnce(
      Collection<TopicPartition> fresh,
      Set<String> old,
      Function<Collection<TopicPartition>, Map<TopicPartition, Long>> wherever) {
    Optional<Set<TopicPartition>> all = all(fresh, old);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<TopicPartition> added = new ArrayList<>(fresh);
    added.removeIf(partition -> !old.contains(partition.topic()));
    Map<TopicPartition, Long> starts = new HashMap<>(broker.earliest(added));
    starts.putAll(wherever.apply(all.get()));
    Set<TopicPartition> wanted = new HashSet<>(all.get());
    wanted.addAll(added);
    return complete(wanted, starts);
  }

  private Optional<Map<TopicPartition, Long>> each(
      Collection<TopicPartition> fresh, Set<String> old, SortedMap<TopicPartition, Long> offsets) {
    Optional<Set<TopicPartition>> all = all(fresh, old);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    requireSame(all.get(), offsets.keySet());
    Map<TopicPartition, Long> earliest = broker.earliest(fresh);
    Map<TopicPartition, Long> latest = broker.latest(fresh);
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (TopicPartition partition : fresh) {
      Long first = earliest.get(partition);
      Long end = latest.get(partition);
      if (first != null && end != null) {
        long wanted = offsets.getOrDefault(partition, StartingOffsets.AT_EARLIEST);
        starts.put(partition, start(partition, wanted, first, end));
      }
    }
    return complete(fresh, starts);
  }

  private long start(TopicPartition partition, long wanted, long earliest, long latest) {
    if (wanted == StartingOffsets.AT_EARLIEST) {
      return earliest;
    }
    if (wanted == StartingOffsets.AT_LATEST) {
      return latest;
    }
    if (wanted > latest || (wanted < earliest && policy.failOnDataLoss())) {
      throw StartErrors.outOfRange(partition, wanted, earliest, latest);
    }
    if (wanted < earliest) {
      LOG.warn(
          "Starting {} at its log start offset {}: offset {}, set by starting.offsets, was deleted",
          partition,
          earliest,
          wanted);
    }
    return Math.max(wanted, earliest);
  }

  /** Every partition of the new topics among these. */
  private Optional<Set<TopicPartition>> all(Collection<TopicPartition> fresh, Set<String> old) {
    Set<String> names = new HashSet<>();
    fresh.forEach(partition -> names.add(partition.topic()));
    names.removeAll(old);
    Set<TopicPartition> all = new HashSet<>();
    if (names.isEmpty()) {
      return Optional.of(all);
    }
    Map<String, Broker.Topic> topics = broker.topics(names);
    topics.forEach(
        (name, topic) -> {
          for (int number = 0; number < topic.partitions(); number++) {
            all.add(new TopicPartition(name, number));
          }
        });
    Set<String> answered = new HashSet<>();
    all.forEach(partition -> answered.add(partition.topic()));
    return answered.containsAll(names) ? Optional.of(all) : Optional.empty();
  }

  private static void requireSame(Set<TopicPartition> there, Set<TopicPartition> named) {
    List<TopicPartition> missing =
        there.stream()
            .filter(partition -> !named.contains(partition))
            .sorted(io.tidemark.checkpoint.log.Offsets.ORDER)
            .toList();
    if (!missing.isEmpty()) {
      throw StartErrors.missing(missing);
    }
    Set<String> topics = new HashSet<>();
    there.forEach(partition -> topics.add(partition.topic()));
    List<TopicPartition> unknown =
        named.stream()
            .filter(partition -> topics.contains(partition.topic()))
            .filter(partition -> !there.contains(partition))
            .toList();
    if (!unknown.isEmpty()) {
      throw StartErrors.unknown(unknown);
    }
  }

  private static Optional<Map<TopicPartition, Long>> complete(
      Collection<TopicPartition> wanted, Map<TopicPartition, Long> starts) {
    return starts.keySet().containsAll(wanted) ? Optional.of(starts) : Optional.empty();
  }
}
