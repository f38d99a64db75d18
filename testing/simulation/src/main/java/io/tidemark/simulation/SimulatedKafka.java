package io.tidemark.simulation;

import io.tidemark.checkpoint.log.OffsetRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** Topics: per partition records, with markers and records that a transformation drops between. */
final class SimulatedKafka {

  /** The entry at an offset. */
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
    final int generation;
    long start;

    Log(int generation) {
      this.generation = generation;
    }

    long end() {
      return entries.size();
    }
  }

  private final Map<TopicPartition, Log> logs =
      new TreeMap<>(
          Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
  private final Map<String, Integer> generations = new HashMap<>();
  private final Dice dice;

  SimulatedKafka(Dice dice) {
    this.dice = dice;
  }

  void addPartition(TopicPartition partition) {
    logs.putIfAbsent(partition, new Log(generation(partition.topic())));
  }

  /** How often the topic was created again. */
  int generation(String topic) {
    return generations.getOrDefault(topic, 0);
  }

  /** Distinguishes the topic from earlier topics of the same name. */
  String id(String topic) {
    return topic + "#" + generation(topic);
  }

  List<TopicPartition> partitions() {
    return List.copyOf(logs.keySet());
  }

  Log log(TopicPartition partition) {
    return logs.get(partition);
  }

  /** Appends a record or another entry of a log. */
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
    int next = generations.merge(topic, 1, Integer::sum);
    logs.replaceAll((partition, log) -> partition.topic().equals(topic) ? new Log(next) : log);
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

  /** The name of a record that was read; its key is the generation of its topic. */
  static String name(SinkRecord record) {
    return name(
        new TopicPartition(record.topic(), record.kafkaPartition()),
        (int) record.key(),
        record.kafkaOffset());
  }

  /** The name of the record that lies at this offset now. */
  String name(TopicPartition partition, long offset) {
    return name(partition, generation(partition.topic()), offset);
  }

  private static String name(TopicPartition partition, int generation, long offset) {
    return partition + "@" + offset + (generation == 0 ? "" : " of " + generation);
  }
}
