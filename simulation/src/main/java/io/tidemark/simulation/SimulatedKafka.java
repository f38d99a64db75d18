package io.tidemark.simulation;

import io.tidemark.checkpoint.log.OffsetRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** Topics: per partition records, with markers and records that a transformation drops between. */
final class SimulatedKafka {

  /** What lies at an offset. */
  enum Entry {
    RECORD,
    /** Seen by the runtime, dropped before the task. */
    SWALLOWED,
    /** The end of a transaction: nobody sees it. */
    MARKER
  }

  /** A partition's log; entries below its start are gone. */
  static final class Log {
    final List<Entry> entries = new ArrayList<>();
    long start;

    long end() {
      return entries.size();
    }
  }

  private final Map<TopicPartition, Log> logs =
      new TreeMap<>(
          Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
  private final Dice dice;

  SimulatedKafka(Dice dice) {
    this.dice = dice;
  }

  void addPartition(TopicPartition partition) {
    logs.putIfAbsent(partition, new Log());
  }

  List<TopicPartition> partitions() {
    return List.copyOf(logs.keySet());
  }

  Log log(TopicPartition partition) {
    return logs.get(partition);
  }

  /** Appends a record, or what else a log holds. */
  void produce(TopicPartition partition) {
    Entry entry = Entry.RECORD;
    if (dice.chance(0.1)) {
      entry = Entry.SWALLOWED;
    } else if (dice.chance(0.1)) {
      entry = Entry.MARKER;
    }
    log(partition).entries.add(entry);
  }

  /** Deletes the topic and creates it again, empty. */
  void recreate(String topic) {
    logs.replaceAll((partition, log) -> partition.topic().equals(topic) ? new Log() : log);
  }

  /** The names of the records in a range that belong into a table. */
  List<String> expected(TopicPartition partition, OffsetRange range) {
    return recordsIn(partition, range).stream().map(offset -> name(partition, offset)).toList();
  }

  /** The offsets of the records in a range. */
  List<Long> recordsIn(TopicPartition partition, OffsetRange range) {
    List<Long> offsets = new ArrayList<>();
    List<Entry> entries = log(partition).entries;
    for (long offset = range.from(); offset < range.to(); offset++) {
      if (entries.get((int) offset) == Entry.RECORD) {
        offsets.add(offset);
      }
    }
    return offsets;
  }

  static String name(SinkRecord record) {
    return name(new TopicPartition(record.topic(), record.kafkaPartition()), record.kafkaOffset());
  }

  private static String name(TopicPartition partition, long offset) {
    return partition + "@" + offset;
  }
}
