package io.tidemark.sink.kafka;

import io.tidemark.sink.segment.PartitionProgress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
  private final TopicFigures figures;
  private final Set<String> seen = new HashSet<>();
  private long lookMs = Long.MIN_VALUE;

  RetentionAdvice(Broker broker, TopicFigures figures) {
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
    describe(retention);
    Map<TopicPartition, Long> ends = broker.latest(positions.keySet());
    Map<TopicPartition, Long> starts = broker.earliest(positions.keySet());
    List<Search> searches = new ArrayList<>();
    retention.forEach(
        (topic, bound) -> {
          Map<TopicPartition, Long> lagging = new HashMap<>(positions);
          lagging
              .entrySet()
              .removeIf(
                  entry ->
                      !entry.getKey().topic().equals(topic)
                          || ends.getOrDefault(entry.getKey(), 0L) <= entry.getValue());
          if (!lagging.isEmpty()) {
            warnOfBytes(topic, bound, lagging, starts, ends);
            if (bound.ms() >= 0) {
              searches.add(new Search(topic, bound.ms(), lagging));
            }
          }
        });
    while (ask(searches, nowMs)) {
      LOG.debug("Checking the unread records of {} topics", searches.size());
    }
    searches.forEach(search -> search.warn(ends));
    figures.headroomMs(
        searches.stream().mapToLong(Search::headroomMs).min().orElse(TopicFigures.NO_RISK));
  }

  /** Logs what new topics keep: in one line, which names them while they are few. */
  private void describe(Map<String, Broker.Retention> retention) {
    List<String> fresh = retention.keySet().stream().sorted().filter(seen::add).toList();
    for (String topic : fresh) {
      LOG.debug("Topic {} keeps {}", topic, retention.get(topic));
    }
    if (!fresh.isEmpty()) {
      Broker.Retention least =
          retention.get(
              fresh.stream().min(Comparator.comparing(t -> keptMs(retention.get(t)))).get());
      LOG.info(
          "{} keeps records for {} ms, and {} bytes of each partition{}; -1 is no limit",
          fresh.size() == 1 ? "Topic " + fresh.get(0) : "Of " + fresh.size() + " topics one",
          least.ms(),
          least.bytes(),
          fresh.size() == 1 ? "" : ", and no other for a shorter time");
    }
  }

  private static long keptMs(Broker.Retention retention) {
    return retention.ms() < 0 ? Long.MAX_VALUE : retention.ms();
  }

  /**
   * Asks for all topics at once.
   *
   * @return whether there is something left to ask
   */
  private boolean ask(List<Search> searches, long nowMs) {
    Map<TopicPartition, Long> times = new HashMap<>();
    for (Search search : searches) {
      if (search.isOpen() && search.askedMs(nowMs) > 0) {
        search.lagging.keySet().forEach(partition -> times.put(partition, search.askedMs(nowMs)));
      }
    }
    Map<TopicPartition, Long> since = times.isEmpty() ? Map.of() : broker.since(times);
    boolean open = false;
    for (Search search : searches) {
      if (search.isOpen()) {
        // Brokers refuse times before 1970, and nothing is older than that.
        search.answered(search.askedMs(nowMs) > 0 && search.isOlder(since));
        open |= search.isOpen();
      }
    }
    return open;
  }

  /** How old the oldest unread record of a topic is, in parts of its retention. */
  private static final class Search {

    private final String topic;
    private final long retentionMs;
    private final Map<TopicPartition, Long> lagging;
    private int left;
    private int right = PARTS;

    Search(String topic, long retentionMs, Map<TopicPartition, Long> lagging) {
      this.topic = topic;
      this.retentionMs = retentionMs;
      this.lagging = lagging;
    }

    boolean isOpen() {
      return left < right;
    }

    /** The time whose records are asked for. */
    long askedMs(long nowMs) {
      return nowMs - retentionMs + retentionMs / PARTS * ((left + right) / 2 + 1);
    }

    /** Whether some partition's next record is older than the time. */
    boolean isOlder(Map<TopicPartition, Long> since) {
      return lagging.entrySet().stream()
          .anyMatch(entry -> since.getOrDefault(entry.getKey(), 0L) > entry.getValue());
    }

    void answered(boolean older) {
      int middle = (left + right) / 2;
      if (older) {
        right = middle;
      } else {
        left = middle + 1;
      }
    }

    long headroomMs() {
      return retentionMs / PARTS * left;
    }

    void warn(Map<TopicPartition, Long> ends) {
      if (left < FEW) {
        LOG.warn(
            "Records of topic {} may expire before they are read: the topic keeps them for {} ms,"
                + " and the oldest unread record expires in {} to {} ms; the lag is {} offsets, in"
                + " {}."
                + " Raise retention.ms of the topic, or tasks.max. See"
                + " docs/operating/retention.md.",
            topic,
            retentionMs,
            headroomMs(),
            retentionMs / PARTS * (left + 1),
            lag(lagging, ends),
            new TreeSet<>(lagging.keySet().stream().map(TopicPartition::toString).toList()));
      }
    }
  }

  /** A limit in bytes moves the log start with the log end: offsets near it are deleted next. */
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
                    + " partition, which are offsets {} to {} now. The next offset to read is {},"
                    + " and the lag is {}. Raise retention.bytes of the topic, or tasks.max. See"
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
