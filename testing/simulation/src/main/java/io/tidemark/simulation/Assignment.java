package io.tidemark.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** The partitions of a task, and where its consumer and the runtime around it stand in them. */
final class Assignment {

  private final World world;
  private final String owner;
  private final Set<TopicPartition> owned = new HashSet<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private final Map<TopicPartition, Long> fetchPositions = new HashMap<>();

  /** The positions that the runtime passes to the task; they may include revoked partitions. */
  private final Map<TopicPartition, Long> currentOffsets = new HashMap<>();

  /** Requested by the task, and carried out before the next poll. */
  private final Map<TopicPartition, Long> seeks = new HashMap<>();

  /**
   * @param owner for the trace
   */
  Assignment(World world, String owner) {
    this.world = world;
    this.owner = owner;
  }

  Set<TopicPartition> partitions() {
    return Set.copyOf(owned);
  }

  Map<TopicPartition, Long> positions() {
    return currentOffsets;
  }

  void take(Set<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      owned.add(partition);
      fetchPositions.put(partition, world.group.position(partition));
      currentOffsets.put(partition, world.group.position(partition));
    }
  }

  void drop(Set<TopicPartition> partitions) {
    owned.removeAll(partitions);
    paused.removeAll(partitions);
    fetchPositions.keySet().removeAll(partitions);
    // Like the real runtime, it continues to name some of them.
    if (world.dice.chance(0.7)) {
      currentOffsets.keySet().removeAll(partitions);
    }
  }

  void seek(Map<TopicPartition, Long> offsets) {
    seeks.putAll(offsets);
  }

  void pause(Collection<TopicPartition> partitions) {
    paused.addAll(partitions);
  }

  void resume(Collection<TopicPartition> partitions) {
    paused.removeAll(partitions);
  }

  void rewind() {
    seeks.forEach(
        (partition, offset) -> {
          if (!owned.contains(partition)) {
            throw new Violation(owner + " seeks " + partition + ", which is not assigned to it");
          }
          world.trace.add(owner, () -> "seeks " + partition + " to " + offset);
          fetchPositions.put(partition, offset);
          currentOffsets.put(partition, offset);
        });
    seeks.clear();
  }

  /** Some records of some partitions, as a poll gives them. */
  List<SinkRecord> fetch() {
    List<SinkRecord> records = new ArrayList<>();
    List<TopicPartition> partitions = new ArrayList<>(owned);
    partitions.sort(Comparator.comparing(TopicPartition::toString));
    for (TopicPartition partition : partitions) {
      if (!paused.contains(partition) && world.dice.chance(0.8)) {
        fetch(partition, world.dice.between(1, 8), records);
      }
    }
    return records;
  }

  private void fetch(TopicPartition partition, int count, List<SinkRecord> records) {
    SimulatedKafka.Log log = world.kafka.log(partition);
    long position = fetchPositions.get(partition);
    if (position < log.start || position > log.end()) {
      position = world.scenario.policy().resetsToEarliest() ? log.start : log.end();
    }
    long end = Math.min(log.end(), position + count);
    for (; position < end; position++) {
      SimulatedKafka.Entry entry = log.entries.get((int) position);
      if (entry != SimulatedKafka.Entry.MARKER) {
        currentOffsets.put(partition, position + 1);
      }
      if (entry == SimulatedKafka.Entry.RECORD) {
        records.add(world.windowing.record(partition, log.generation, position));
      }
    }
    fetchPositions.put(partition, position);
  }
}
