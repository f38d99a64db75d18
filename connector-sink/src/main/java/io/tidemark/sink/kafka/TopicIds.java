package io.tidemark.sink.kafka;

import io.tidemark.checkpoint.log.Origin;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.recovery.ResumePlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a topic that was deleted and created again from the one that was read. The name stays, the
 * id does not; the cluster's id tells whether it may be a copy.
 */
final class TopicIds {

  private static final Logger LOG = LoggerFactory.getLogger(TopicIds.class);

  private final Broker broker;
  private final TopicPolicy policy;
  private final String location;

  /** Topic to id, as it was when partitions of it were opened last. */
  private final Map<String, String> opened = new HashMap<>();

  /** The same by partition: what was opened earlier may have been read in the topic before. */
  private final Map<TopicPartition, String> read = new HashMap<>();

  /** What Kafka did not know when it was asked last. */
  private final Set<String> absent = new HashSet<>();

  /** What Kafka answered for when it was asked last. */
  private Set<String> answered = Set.of();

  /** The cluster that offsets were read in before, or this one. */
  private Optional<String> knownCluster = Optional.empty();

  /** This one, as Kafka answered last. */
  private Optional<String> seenCluster = Optional.empty();

  /** This one, if all topics that count are in it. */
  private Optional<String> clusterId = Optional.empty();

  TopicIds(Broker broker, TopicPolicy policy, String location) {
    this.broker = broker;
    this.policy = policy;
    this.location = location;
  }

  /**
   * Looks at the topics of partitions that are to be read from now on. In another cluster all
   * topics count, also those of other tasks: what this task seals would have it known as the
   * cluster that all offsets were read in.
   *
   * @return those that are no longer what the plan counts in, if the task is to continue with them;
   *     empty when Kafka did not tell whether they may be copies, or which topics they are and no
   *     plan does: what is sealed of a topic without its id would be taken for any later one's
   */
  Optional<Set<String>> look(Collection<TopicPartition> partitions, ResumePlan plan) {
    Origin before = plan.origin();
    seenCluster = broker.clusterId().or(() -> seenCluster);
    knownCluster = before.clusterId().or(() -> seenCluster);
    boolean elsewhere = isElsewhere();
    Set<String> own = names(partitions);
    Set<String> asked = new TreeSet<>(own);
    if (elsewhere) {
      asked.addAll(before.topicIds().keySet());
    }
    Map<String, Broker.Topic> topics = ask(asked);
    if (own.stream().anyMatch(name -> !before.topicIds().containsKey(name) && !isThere(name))) {
      return Optional.empty();
    }
    Set<String> changed = new TreeSet<>();
    boolean complete = true;
    for (String name : asked) {
      Optional<String> known = Optional.ofNullable(before.topicIds().get(name));
      Optional<String> found = Optional.ofNullable(topics.get(name)).flatMap(Broker.Topic::id);
      complete &= found.isPresent() || known.isEmpty();
      if (known.isPresent() && found.isPresent() && !known.equals(found)) {
        if (mayBeElsewhere()) {
          return Optional.empty();
        }
        requireRebase(name, known.get(), found.get());
        changed.add(name);
      }
    }
    for (String name : own) {
      Optional.ofNullable(topics.get(name))
          .flatMap(Broker.Topic::id)
          .or(() -> Optional.ofNullable(before.topicIds().get(name)))
          .ifPresent(id -> opened.put(name, id));
    }
    for (TopicPartition partition : partitions) {
      Optional.ofNullable(opened.get(partition.topic()))
          .ifPresentOrElse(id -> read.put(partition, id), () -> read.remove(partition));
    }
    clusterId = elsewhere && !complete ? Optional.empty() : seenCluster;
    if (elsewhere && complete && changed.isEmpty()) {
      LOG.warn(
          "The cluster id is {}, and was {} before. All topic ids are the same: continuing",
          seenCluster.get(),
          before.clusterId().get());
    }
    changed.retainAll(own);
    return Optional.of(changed);
  }

  /** Whether this cluster is not the one from which offsets were read. */
  private boolean isElsewhere() {
    return knownCluster.isPresent() && seenCluster.isPresent() && !knownCluster.equals(seenCluster);
  }

  /** Whether it is unknown if this cluster is the one from which offsets were read. */
  private boolean mayBeElsewhere() {
    return knownCluster.isPresent()
        && seenCluster.isEmpty()
        && policy.onRecreated() != OnTopicRecreated.REBASE_ACROSS_CLUSTERS;
  }

  /** Fails unless the task is to continue with another topic. */
  private void requireRebase(String topic, String known, String found) {
    if (isElsewhere() && policy.onRecreated() != OnTopicRecreated.REBASE_ACROSS_CLUSTERS) {
      throw LogErrors.clusterChanged(topic, knownCluster.get(), seenCluster.get(), location);
    }
    if (!policy.onRecreated().rebases()) {
      throw LogErrors.topicRecreated(topic, known, found, location);
    }
  }

  /**
   * The requests to continue with topics from their earliest offset; empty when Kafka did not say.
   */
  Optional<List<OffsetReset>> rebases(Set<String> changed, ResumePlan plan) {
    List<OffsetReset> resets = new ArrayList<>();
    Map<String, Broker.Topic> topics = broker.topics(changed);
    for (String name : changed) {
      Broker.Topic topic = topics.get(name);
      if (topic == null || topic.id().isEmpty()) {
        return Optional.empty();
      }
      Set<TopicPartition> there = new HashSet<>();
      for (int number = 0; number < topic.partitions(); number++) {
        there.add(new TopicPartition(name, number));
      }
      Map<TopicPartition, Long> earliest = broker.earliest(there);
      if (!earliest.keySet().containsAll(there)) {
        return Optional.empty();
      }
      Map<TopicPartition, OptionalLong> ends = new HashMap<>();
      for (TopicPartition partition : plan.cuts().keySet()) {
        if (partition.topic().equals(name)) {
          ends.put(partition, OptionalLong.empty());
        }
      }
      earliest.forEach((partition, offset) -> ends.put(partition, OptionalLong.of(offset)));
      String id = topic.id().get();
      LOG.warn(
          "Topic {} was deleted and created again: continuing with the new topic, id {}, from its"
              + " earliest offsets, as set by on.topic.recreated={}",
          name,
          id,
          policy.onRecreated().word());
      String known = plan.origin().topicIds().get(name);
      resets.add(OffsetReset.rebase(name, known, id, clusterId, ends));
    }
    return Optional.of(resets);
  }

  /** Whether a topic of these partitions is another one than was opened, as far as Kafka tells. */
  boolean haveChanged(Collection<TopicPartition> partitions) {
    Map<String, Broker.Topic> topics = ask(names(partitions));
    for (TopicPartition partition : partitions) {
      String known = read.get(partition);
      Optional<String> found =
          Optional.ofNullable(topics.get(partition.topic())).flatMap(Broker.Topic::id);
      if (known != null && found.isPresent() && !known.equals(found.get())) {
        seenCluster = broker.clusterId().or(() -> seenCluster);
        if (!mayBeElsewhere()) {
          requireRebase(partition.topic(), known, found.get());
        }
        return true;
      }
    }
    return false;
  }

  private Map<String, Broker.Topic> ask(Set<String> names) {
    Map<String, Broker.Topic> topics = broker.topics(names);
    absent.removeAll(names);
    answered = Set.copyOf(topics.keySet());
    topics.forEach(
        (name, topic) -> {
          if (topic.partitions() == 0) {
            absent.add(name);
          }
        });
    return topics;
  }

  /** Whether Kafka knew the topic when it was asked last. */
  private boolean isThere(String topic) {
    return answered.contains(topic) && !isAbsent(topic);
  }

  /** Whether Kafka did not know the topic when it was asked last. */
  boolean isAbsent(String topic) {
    return absent.contains(topic);
  }

  /** Those that Kafka knows: for others it looks long. */
  List<TopicPartition> present(Collection<TopicPartition> partitions) {
    return partitions.stream().filter(partition -> !isAbsent(partition.topic())).toList();
  }

  /** Whether a topic has changed, or Kafka does not tell and the task would continue if it had. */
  boolean mayChange(Collection<TopicPartition> partitions) {
    return haveChanged(partitions) || (policy.onRecreated().rebases() && !areAnswered(partitions));
  }

  private boolean areAnswered(Collection<TopicPartition> partitions) {
    return answered.containsAll(names(partitions));
  }

  /**
   * Whether Kafka has answered, when it was asked last, which topics these are now, as far as it
   * had answered when they were opened.
   */
  boolean areTold(Collection<TopicPartition> partitions) {
    return partitions.stream()
        .allMatch(
            partition -> !read.containsKey(partition) || answered.contains(partition.topic()));
  }

  Origin origin(Collection<TopicPartition> partitions) {
    TreeMap<String, String> ids = new TreeMap<>(opened);
    ids.keySet().retainAll(names(partitions));
    return new Origin(clusterId, ids);
  }

  private static Set<String> names(Collection<TopicPartition> partitions) {
    Set<String> names = new HashSet<>();
    partitions.forEach(partition -> names.add(partition.topic()));
    return names;
  }
}
