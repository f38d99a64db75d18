package io.tidemark.sink.fake;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.sink.kafka.Broker;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;

/** Logs that a test sets, which answer unless they are told not to. */
public final class FakeBroker implements Broker {

  public final Map<TopicPartition, Long> starts = new HashMap<>();
  public final Map<TopicPartition, Long> ends = new HashMap<>();

  /** Offsets without a record, such as the markers of transactions. */
  public final Map<TopicPartition, Set<Long>> markers = new HashMap<>();

  public final Map<TopicPartition, Committed> committed = new HashMap<>();
  public final Map<String, String> ids = new HashMap<>();
  public final Map<String, Retention> retention = new HashMap<>();

  /** Per partition the time of the record at each offset: the offset, this factor times. */
  public long msPerOffset = 1_000;

  public String cluster = "cluster-1";
  public boolean silent;

  /** There is no answer about topics alone. */
  public boolean silentTopics;

  /** Partitions without a leader: there is no answer about their offsets. */
  public final Set<TopicPartition> leaderless = new HashSet<>();

  /** Per partition how often its offsets were asked for. */
  public final Map<TopicPartition, Integer> asked = new HashMap<>();

  /** Thrown instead of an answer about topics; null for none. */
  public RuntimeException failure;

  /** So many answers about topics come before it. */
  public int answersBeforeFailure;

  public int questions;

  /** A partition whose log has these offsets. */
  public FakeBroker with(TopicPartition partition, long start, long end) {
    starts.put(partition, start);
    ends.put(partition, end);
    ids.putIfAbsent(partition.topic(), partition.topic() + "-id");
    return this;
  }

  @Override
  public Map<TopicPartition, Long> earliest(Collection<TopicPartition> partitions) {
    return offsets(partitions, starts);
  }

  @Override
  public Map<TopicPartition, Long> latest(Collection<TopicPartition> partitions) {
    return offsets(partitions, ends);
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, Map<TopicPartition, Long> offsets) {
    partitions.forEach(partition -> asked.merge(partition, 1, Integer::sum));
    return answers(
        partitions, partition -> leaderless.contains(partition) ? null : offsets.get(partition));
  }

  @Override
  public Map<TopicPartition, Long> since(Map<TopicPartition, Long> timestampsMs) {
    return answers(
        timestampsMs.keySet(),
        partition ->
            Math.max(
                starts.get(partition),
                Math.min(
                    ends.get(partition),
                    (timestampsMs.get(partition) + msPerOffset - 1) / msPerOffset)));
  }

  @Override
  public Map<TopicPartition, Boolean> holdRecords(Map<TopicPartition, OffsetRange> ranges) {
    return answers(ranges.keySet(), partition -> holdsRecord(partition, ranges.get(partition)));
  }

  boolean holdsRecord(TopicPartition partition, OffsetRange range) {
    Set<Long> without = markers.getOrDefault(partition, Set.of());
    return LongStream.range(range.from(), range.to()).anyMatch(offset -> !without.contains(offset));
  }

  @Override
  public Map<TopicPartition, Committed> committed(Collection<TopicPartition> partitions) {
    return answers(partitions, committed::get);
  }

  @Override
  public Map<String, Topic> topics(Collection<String> names) {
    if (failure != null && answersBeforeFailure-- <= 0) {
      throw failure;
    }
    return answers(
        silentTopics ? Set.of() : names,
        name ->
            new Topic(
                Optional.ofNullable(ids.get(name)),
                (int) starts.keySet().stream().filter(of -> of.topic().equals(name)).count()));
  }

  @Override
  public Optional<String> clusterId() {
    return silent ? Optional.empty() : Optional.ofNullable(cluster);
  }

  @Override
  public Map<String, Retention> retention(Collection<String> topics) {
    return answers(topics, retention::get);
  }

  private <K, V> Map<K, V> answers(Collection<K> keys, Function<K, V> answer) {
    questions++;
    return silent
        ? Map.of()
        : keys.stream()
            .filter(key -> answer.apply(key) != null)
            .collect(Collectors.toMap(key -> key, answer));
  }
}
