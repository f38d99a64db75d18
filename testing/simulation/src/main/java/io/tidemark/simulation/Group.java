package io.tidemark.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The connector's consumer group: who owns which partition, and where they stand. A partition
 * passes to its next owner when the last one has given it up, or sent nothing for too long.
 */
final class Group {

  private static final long SESSION_TIMEOUT_MS = 3_000;
  private static final long MAX_POLL_MS = 12_000;

  private final World world;
  private final Set<Consumer> members = new LinkedHashSet<>();
  private final Map<TopicPartition, Consumer> owners = new HashMap<>();
  private final Map<Consumer, Set<TopicPartition>> targets = new HashMap<>();
  private final Map<TopicPartition, Long> offsets = new HashMap<>();
  private int generation;

  Group(World world) {
    this.world = world;
  }

  int generation() {
    return generation;
  }

  boolean isMember(Consumer consumer) {
    return members.contains(consumer);
  }

  Set<TopicPartition> target(Consumer consumer) {
    return targets.getOrDefault(consumer, Set.of());
  }

  void join(Consumer consumer) {
    members.add(consumer);
    rebalance();
  }

  void leave(Consumer consumer) {
    if (members.remove(consumer)) {
      owners.values().removeIf(owner -> owner == consumer);
      rebalance();
    }
  }

  void release(Consumer consumer, Set<TopicPartition> partitions) {
    partitions.forEach(partition -> owners.remove(partition, consumer));
  }

  /** The consumer's partitions that no other member holds any more; it now owns them. */
  Set<TopicPartition> acquire(Consumer consumer) {
    Set<TopicPartition> acquired = new HashSet<>();
    if (world.scenario.cooperative()
        || members.stream().allMatch(member -> member.generation() == generation)) {
      for (TopicPartition partition : target(consumer)) {
        if (owners.putIfAbsent(partition, consumer) == null) {
          acquired.add(partition);
        }
      }
    }
    return acquired;
  }

  /** The committed offset, or the start of the log. */
  long position(TopicPartition partition) {
    return Math.max(offsets.getOrDefault(partition, 0L), world.kafka.log(partition).start);
  }

  /** Accepts offsets only from members. */
  void commit(Consumer consumer, Map<TopicPartition, Long> safe) {
    safe.forEach(
        (partition, offset) -> {
          if (owners.get(partition) == consumer) {
            offsets.put(partition, offset);
          }
        });
  }

  void forget(String topic) {
    offsets.keySet().removeIf(partition -> partition.topic().equals(topic));
  }

  /** Removes members that send no heartbeat, or poll too rarely. */
  void watch() {
    long nowMs = world.schedule.nowMs();
    for (Consumer member : List.copyOf(members)) {
      Machine machine = member.machine();
      if (!machine.isDead() && !machine.isFrozen(nowMs)) {
        member.heartbeat(nowMs);
      }
      if (nowMs - member.heartbeatMs() > SESSION_TIMEOUT_MS
          || nowMs - member.pollMs() > MAX_POLL_MS) {
        world.trace.add("group", () -> member.name() + " is out");
        leave(member);
      }
    }
  }

  /** Assigns the partitions again. */
  void rebalance() {
    generation++;
    targets.clear();
    List<Consumer> hands = new ArrayList<>(members);
    if (hands.isEmpty()) {
      return;
    }
    int next = world.dice.between(0, hands.size() - 1);
    for (TopicPartition partition : world.kafka.partitions()) {
      Consumer hand = hands.get(next++ % hands.size());
      targets.computeIfAbsent(hand, absent -> new HashSet<>()).add(partition);
    }
    world.trace.add("group", () -> "generation " + generation + " of " + members.size());
  }
}
