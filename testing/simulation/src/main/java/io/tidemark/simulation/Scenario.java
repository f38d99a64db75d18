package io.tidemark.simulation;

import io.tidemark.sink.kafka.OnTopicRecreated;
import io.tidemark.sink.kafka.StartingOffsets;
import io.tidemark.sink.kafka.TopicPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a simulated world and its disturbances.
 *
 * @param seed determines everything that is random
 * @param workers number of machines
 * @param tasks number of tasks of the connector
 * @param partitions per topic the number of its partitions
 * @param tables number of tables; topics share them in turn
 * @param cooperative whether rebalances revoke only what moves
 * @param records records per partition
 * @param cutRows rows of a segment, 0 for no limit
 * @param retainedBatches how many batches the logs keep
 * @param latency probability that an operation takes time, so that others can come in between
 * @param policy the connector's policy for log start and end offsets
 * @param disturbances what goes wrong
 */
record Scenario(
    long seed,
    int workers,
    int tasks,
    List<Integer> partitions,
    int tables,
    boolean cooperative,
    int records,
    int cutRows,
    int retainedBatches,
    double latency,
    TopicPolicy policy,
    List<Disturbance> disturbances) {

  private static final List<Disturbance.Kind> OPERATION_FAULTS =
      List.of(Disturbance.Kind.values()).stream().filter(Disturbance.Kind::isOfOperation).toList();
  private static final List<Disturbance.Kind> EVENTS =
      List.of(Disturbance.Kind.values()).stream()
          .filter(kind -> !kind.isOfOperation())
          .filter(kind -> kind != Disturbance.Kind.RECREATE_TOPIC)
          .filter(kind -> kind != Disturbance.Kind.EXPIRE_UNREAD)
          .filter(kind -> kind.compareTo(Disturbance.Kind.DROP_TRANSACTIONS) < 0)
          .toList();

  /** How long production and disturbances last, simulated milliseconds. */
  static final int STORM_MS = 25_000;

  Scenario {
    partitions = List.copyOf(partitions);
    disturbances = List.copyOf(disturbances);
  }

  /** The world that belongs to a seed. */
  static Scenario of(long seed) {
    Dice dice = new Dice(seed);
    int topics = dice.between(1, 3);
    List<Integer> partitions = new ArrayList<>();
    for (int topic = 0; topic < topics; topic++) {
      partitions.add(dice.between(1, 4));
    }
    List<Disturbance> disturbances = new ArrayList<>();
    // Some faults show only in calm worlds, others only in disturbed ones.
    int faults = dice.chance(0.2) ? 0 : dice.between(1, 25);
    for (int i = 0; i < faults; i++) {
      disturbances.add(
          new Disturbance(
              dice.pick(OPERATION_FAULTS), dice.between(0, 1_500), dice.between(1, 15_000)));
    }
    int events = dice.chance(0.2) ? 0 : dice.between(1, 20);
    for (int i = 0; i < events; i++) {
      disturbances.add(
          new Disturbance(
              dice.pick(EVENTS), dice.between(1_000, STORM_MS), dice.between(1, 15_000)));
    }
    TopicPolicy policy = policy(seed, topics, disturbances);
    disturbances.addAll(misbehaviour(seed, topics, disturbances).disturbances());
    return new Scenario(
        seed,
        dice.between(1, 3),
        dice.between(1, 8),
        partitions,
        dice.between(1, Math.max(1, topics)),
        dice.chance(0.5),
        dice.between(1, 30),
        dice.chance(0.5) ? dice.between(1, 20) : 0,
        dice.between(2, 6),
        dice.pick(List.of(0.02, 0.05, 0.15, 0.35)),
        policy,
        disturbances);
  }

  private static Misbehaviour misbehaviour(long seed, int topics, List<Disturbance> disturbances) {
    return Misbehaviour.of(
        seed,
        disturbances.stream()
            .anyMatch(disturbance -> disturbance.kind() == Disturbance.Kind.RECREATE_TOPIC),
        Windowing.of(seed, topics).aggregation().isPresent());
  }

  /** What tables, queues and operators do in this world. */
  Misbehaviour misbehaviour() {
    return misbehaviour(seed, partitions.size(), disturbances);
  }

  /** The connector's policy for log start and end offsets, and what happens to them. */
  private static TopicPolicy policy(long seed, int topics, List<Disturbance> disturbances) {
    Dice dice = new Dice(seed * 37 + 5);
    boolean recreated = dice.chance(0.08);
    // The oracle cannot compute windows over two topics with one name.
    boolean rebase =
        recreated && dice.chance(0.8) && Windowing.of(seed, topics).aggregation().isEmpty();
    if (recreated) {
      disturbances.add(
          new Disturbance(
              Disturbance.Kind.RECREATE_TOPIC,
              dice.between(STORM_MS / 2, STORM_MS),
              dice.between(0, 2)));
    }
    int losses = dice.chance(0.4) ? dice.between(1, 4) : 0;
    for (int i = 0; i < losses; i++) {
      disturbances.add(
          new Disturbance(
              Disturbance.Kind.EXPIRE_UNREAD,
              dice.between(1_000, STORM_MS),
              dice.between(0, 1_000)));
    }
    return new TopicPolicy(
        dice.pick(
            List.of(
                new StartingOffsets.Earliest(),
                new StartingOffsets.Committed(),
                new StartingOffsets.Latest(),
                new StartingOffsets.Committed())),
        losses == 0,
        rebase ? OnTopicRecreated.REBASE : OnTopicRecreated.FAIL,
        dice.chance(0.7));
  }

  Scenario withDisturbances(List<Disturbance> fewer) {
    return new Scenario(
        seed,
        workers,
        tasks,
        partitions,
        tables,
        cooperative,
        records,
        cutRows,
        retainedBatches,
        latency,
        policy,
        fewer);
  }

  Scenario withTasks(int fewer) {
    return new Scenario(
        seed,
        workers,
        fewer,
        partitions,
        tables,
        cooperative,
        records,
        cutRows,
        retainedBatches,
        latency,
        policy,
        disturbances);
  }

  Scenario withRecords(int fewer) {
    return new Scenario(
        seed,
        workers,
        tasks,
        partitions,
        tables,
        cooperative,
        fewer,
        cutRows,
        retainedBatches,
        latency,
        policy,
        disturbances);
  }

  Scenario withPartitions(List<Integer> fewer) {
    return new Scenario(
        seed,
        workers,
        tasks,
        fewer,
        tables,
        cooperative,
        records,
        cutRows,
        retainedBatches,
        latency,
        policy,
        disturbances);
  }

  /** Whether a topic is created again and tasks must fail because of that. */
  boolean failsOfTopic() {
    return !policy.onRecreated().rebases()
        && disturbances.stream()
            .anyMatch(disturbance -> disturbance.kind() == Disturbance.Kind.RECREATE_TOPIC);
  }
}
