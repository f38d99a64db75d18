package io.tidemark.sink.edge;

import io.tidemark.sink.segment.PartitionProgress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says so while there is time when records are about to expire unread: once at the start, and every
 * hour.
 */
final class RetentionAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(RetentionAdvice.class);
  private static final long EVERY_MS = 3_600_000;

  /** The age of the oldest unread record is found out in such parts of the retention. */
  private static final int PARTS = 16;

  /** With so many parts left, or fewer, it is time to say so. */
  private static final int FEW = 4;

  private final Broker broker;
  private final EdgeFigures figures;
  private final Set<String> seen = new HashSet<>();
  private long lookMs = Long.MIN_VALUE;

  RetentionAdvice(Broker broker, EdgeFigures figures) {
    this.broker = broker;
    this.figures = figures;
  }

  boolean isDue(long nowMs) {
    return lookMs == Long.MIN_VALUE || nowMs - lookMs >= EVERY_MS;
  }

  void look(Collection<PartitionProgress> owned, long nowMs) {
    lookMs = nowMs;
    Map<TopicPartition, Long> positions = new HashMap<>();
    Set<String> topics = new TreeSet<>();
    for (PartitionProgress progress : owned) {
      topics.add(progress.partition().topic());
      progress.position().ifPresent(position -> positions.put(progress.partition(), position));
    }
    Map<String, Broker.Retention> retention = broker.retention(topics);
    if (retention.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> ends = broker.latest(positions.keySet());
    Map<TopicPartition, Long> starts = broker.earliest(positions.keySet());
    long headroomMs = EdgeFigures.NO_RISK;
    for (Map.Entry<String, Broker.Retention> topic : retention.entrySet()) {
      if (seen.add(topic.getKey())) {
        LOG.info(
            "Topic {} keeps records for {} ms and {} bytes of a partition, -1 for any",
            topic.getKey(),
            topic.getValue().ms(),
            topic.getValue().bytes());
      }
      Map<TopicPartition, Long> lagging = new HashMap<>(positions);
      lagging
          .entrySet()
          .removeIf(
              entry ->
                  !entry.getKey().topic().equals(topic.getKey())
                      || ends.getOrDefault(entry.getKey(), 0L) <= entry.getValue());
      if (!lagging.isEmpty()) {
        warnOfBytes(topic.getKey(), topic.getValue(), lagging, starts, ends);
        long found = headroomMs(topic.getKey(), topic.getValue(), lagging, ends, nowMs);
        headroomMs =
            headroomMs == EdgeFigures.NO_RISK || found == EdgeFigures.NO_RISK
                ? Math.max(headroomMs, found)
                : Math.min(headroomMs, found);
      }
    }
    figures.headroomMs(headroomMs);
  }

  private long headroomMs(
      String topic,
      Broker.Retention retention,
      Map<TopicPartition, Long> lagging,
      Map<TopicPartition, Long> ends,
      long nowMs) {
    if (retention.ms() < 0) {
      return EdgeFigures.NO_RISK;
    }
    int left = 0;
    int right = PARTS;
    while (left < right) {
      int middle = (left + right) / 2;
      long sinceMs = nowMs - retention.ms() + retention.ms() / PARTS * (middle + 1);
      // Brokers refuse times before 1970, and nothing is older than that.
      if (sinceMs > 0 && olderThan(lagging, sinceMs)) {
        right = middle;
      } else {
        left = middle + 1;
      }
    }
    long headroomMs = retention.ms() / PARTS * left;
    if (left < FEW) {
      LOG.warn(
          "Records of topic {} may expire before they are read: it keeps them for {} ms, and the"
              + " oldest unread one has {} to {} ms left; {} offsets are unread in {}. Raise"
              + " retention.ms of the topic, or tasks.max. See docs/operating/retention.md.",
          topic,
          retention.ms(),
          headroomMs,
          retention.ms() / PARTS * (left + 1),
          lag(lagging, ends),
          new TreeSet<>(lagging.keySet().stream().map(TopicPartition::toString).toList()));
    }
    return headroomMs;
  }

  /** Whether some partition's next record is older than that. */
  private boolean olderThan(Map<TopicPartition, Long> lagging, long timestampMs) {
    Map<TopicPartition, Long> since = broker.since(List.copyOf(lagging.keySet()), timestampMs);
    return lagging.entrySet().stream()
        .anyMatch(entry -> since.getOrDefault(entry.getKey(), 0L) > entry.getValue());
  }

  /** With a bound in bytes the log's start moves as its end does: what is near it goes next. */
  private static void warnOfBytes(
      String topic,
      Broker.Retention retention,
      Map<TopicPartition, Long> lagging,
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends) {
    if (retention.bytes() < 0) {
      return;
    }
    lagging.forEach(
        (partition, position) -> {
          long start = starts.getOrDefault(partition, 0L);
          long end = ends.getOrDefault(partition, 0L);
          if (start > 0 && (position - start) * PARTS < (end - start) * FEW) {
            LOG.warn(
                "Records of {} may expire before they are read: topic {} keeps {} bytes of a"
                    + " partition, offsets {} to {} now, and {} is the next to read, {} behind the"
                    + " end. Raise retention.bytes of the topic, or tasks.max. See"
                    + " docs/operating/retention.md.",
                partition,
                topic,
                retention.bytes(),
                start,
                end,
                position,
                end - position);
          }
        });
  }

  private static long lag(Map<TopicPartition, Long> lagging, Map<TopicPartition, Long> ends) {
    return lagging.entrySet().stream()
        .mapToLong(entry -> ends.getOrDefault(entry.getKey(), 0L) - entry.getValue())
        .sum();
  }
}
