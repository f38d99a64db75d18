package io.tidemark.sink.task;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.sink.kafka.Broker;
import io.tidemark.sink.segment.Delivery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records that the logs had when this task got their partitions. With {@code
 * run.until=available} it reads nothing past them. A partition that comes to another task, or comes
 * back, has a new end there, because its log may have been read further meanwhile. Used by the task
 * thread alone.
 */
public final class AvailableRecords {

  private static final Logger LOG = LoggerFactory.getLogger(AvailableRecords.class);

  /** Pause between two questions to Kafka. */
  private static final long PAUSE_MS = 5_000;

  private final Broker broker;
  private final TaskPort port;
  private final Set<TopicPartition> owned = new HashSet<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Set<TopicPartition> paused = new HashSet<>();

  /** Where there is no record between the last one that was read and the end. */
  private final Map<TopicPartition, OffsetRange> empty = new HashMap<>();

  private Map<TopicPartition, Long> positions = new HashMap<>();

  /** The partition of the previous record, because the next one is usually of the same. */
  private TopicPartition last = new TopicPartition("", -1);

  private long lastEnd = Long.MAX_VALUE;
  private long againMs = Long.MIN_VALUE;
  private boolean done;

  /**
   * @param port pauses what is read to its end
   */
  public AvailableRecords(Broker broker, TaskPort port) {
    this.broker = broker;
    this.port = port;
  }

  /** Partitions were assigned: their ends are those of now, or of when Kafka first answers. */
  public void opened(Collection<TopicPartition> partitions) {
    owned.addAll(partitions);
    done = false;
    learn(partitions);
  }

  private void learn(Collection<TopicPartition> partitions) {
    ends.putAll(broker.latest(partitions));
    lastEnd = end(last);
  }

  /** Partitions go. */
  public void released(Collection<TopicPartition> partitions) {
    owned.removeAll(partitions);
    ends.keySet().removeAll(partitions);
    lastEnd = end(last);
    positions.keySet().removeAll(partitions);
    empty.keySet().removeAll(partitions);
    paused.removeAll(partitions);
  }

  /** The records before the ends. */
  public Delivery within(Delivery delivery) {
    if (delivery.collections().stream().allMatch(this::isWithin)) {
      return delivery;
    }
    return new Delivery(
        within(delivery.records()), delivery.absorbed().stream().map(this::within).toList());
  }

  private boolean isWithin(Collection<SinkRecord> records) {
    for (SinkRecord record : records) {
      if (isPast(record)) {
        return false;
      }
    }
    return true;
  }

  private List<SinkRecord> within(Collection<SinkRecord> records) {
    return records.stream().filter(record -> !isPast(record)).toList();
  }

  private boolean isPast(SinkRecord record) {
    if (last.partition() != record.originalKafkaPartition()
        || !last.topic().equals(record.originalTopic())) {
      last = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
      lastEnd = end(last);
    }
    return record.originalKafkaOffset() >= lastEnd;
  }

  /** The positions, none of them past an end. */
  public Map<TopicPartition, Long> within(Map<TopicPartition, Long> reached) {
    Map<TopicPartition, Long> within = new HashMap<>(reached);
    within.replaceAll((partition, position) -> Math.min(position, end(partition)));
    positions = within;
    return within;
  }

  private long end(TopicPartition partition) {
    return ends.getOrDefault(partition, Long.MAX_VALUE);
  }

  /** Those of the partitions that are not read to their ends. */
  public Collection<TopicPartition> unread(Collection<TopicPartition> partitions) {
    return partitions.stream().filter(partition -> !paused.contains(partition)).toList();
  }

  /**
   * Takes note of where the task stands after a {@code put}.
   *
   * @param idle whether the {@code put} brought nothing
   * @return whether all that was available is in committed batches
   */
  public boolean tick(Standing standing, boolean idle, long nowMs) {
    pauseRead();
    boolean known = ends.keySet().containsAll(owned);
    Map<TopicPartition, OffsetRange> rest = rest(standing.frontier());
    if (nowMs >= againMs && (!known || (idle && !rest.isEmpty()))) {
      againMs = nowMs + PAUSE_MS;
      ask(rest);
      known = ends.keySet().containsAll(owned);
      rest = rest(standing.frontier());
    }
    boolean now = known && rest.isEmpty();
    if (now && !done) {
      LOG.info(
          "Committed all records that {} partitions had when this task got them; with"
              + " run.until=available it reads no more. Restart the connector for newer records",
          owned.size());
    }
    done = now;
    return done;
  }

  /** Else they would be fetched for nothing. */
  private void pauseRead() {
    List<TopicPartition> read = new ArrayList<>();
    positions.forEach(
        (partition, position) -> {
          if (owned.contains(partition) && position >= end(partition) && paused.add(partition)) {
            read.add(partition);
          }
        });
    if (!read.isEmpty()) {
      port.pause(read);
    }
  }

  /** What is not known to be committed, and may have records. */
  private Map<TopicPartition, OffsetRange> rest(Map<TopicPartition, Long> frontier) {
    Map<TopicPartition, OffsetRange> rest = new HashMap<>();
    for (TopicPartition partition : owned) {
      Long end = ends.get(partition);
      Long from = frontier.getOrDefault(partition, positions.getOrDefault(partition, 0L));
      if (end != null && from < end) {
        OffsetRange known = empty.get(partition);
        if (known == null || from < known.from()) {
          rest.put(partition, new OffsetRange(from, end));
        }
      }
    }
    return rest;
  }

  /** The last offsets may be markers of transactions, which no consumer ever gets. */
  private void ask(Map<TopicPartition, OffsetRange> rest) {
    List<TopicPartition> unknown =
        owned.stream().filter(partition -> !ends.containsKey(partition)).toList();
    if (!unknown.isEmpty()) {
      learn(unknown);
    }
    if (!rest.isEmpty()) {
      broker
          .holdRecords(rest)
          .forEach(
              (partition, holds) -> {
                if (!holds) {
                  empty.put(partition, rest.get(partition));
                }
              });
    }
  }
}
