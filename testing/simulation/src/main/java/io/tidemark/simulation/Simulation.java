package io.tidemark.simulation;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** One run of one scenario, from its seed to its verdict. */
final class Simulation {

  private static final int PATIENCE_MS = 600_000;
  private static final int ROUND_MS = 2_500;
  private static final int STOPPED_MS = 30_000;

  private final World world;
  private final FinalCount count;
  private final Scenario scenario;

  private Simulation(Scenario scenario, boolean traced) {
    this.scenario = scenario;
    this.world = new World(scenario, traced);
    this.count = new FinalCount(world);
  }

  /**
   * The result of a run.
   *
   * @param violation null when all is well
   * @param trace the last operations, empty unless it was traced
   */
  record Outcome(
      Scenario scenario,
      Violation violation,
      List<String> trace,
      int operations,
      int batches,
      int rejectedSegments,
      int failedTasks,
      int windows,
      int damagedRuns,
      boolean rocks) {}

  /** Runs the scenario. */
  static Outcome run(Scenario scenario, boolean traced) {
    Simulation simulation = new Simulation(scenario, traced);
    Violation violation = null;
    try {
      simulation.run();
    } catch (Violation e) {
      violation = e;
    } catch (RuntimeException e) {
      violation = new Violation("the count ended with " + e, e);
    } finally {
      simulation.end();
    }
    World world = simulation.world;
    return new Outcome(
        scenario,
        violation,
        world.trace.lines(),
        world.faults.operations(),
        world.history.batches(),
        world.history.rejectedSegments(),
        world.invariants.failures(),
        simulation.count.windows(),
        world.decay.runs(),
        world.windowing.rocks());
  }

  private void run() {
    prepare();
    world.schedule.runUntil(Scenario.STORM_MS);
    if (scenario.failsOfTopic()) {
      // No task may continue with a topic that was created again; earlier records stay exactly
      // once.
      runFor(20_000);
      count.nothingTwice();
      return;
    }
    if (!settle()) {
      count.nothingTwice();
      return;
    }
    if (!world.invariants.lacksABatch()) {
      // Otherwise the next batch for that table must detect it.
      count.everythingOnce();
    }
    world.faults.cease();
    if (!settle()) {
      count.nothingTwice();
      return;
    }
    for (int round = 0; round < scenario.retainedBatches() + 8; round++) {
      world.kafka.partitions().forEach(world.kafka::produce);
      runFor(ROUND_MS);
    }
    if (settle()) {
      count.everythingOnce();
      count.nothingLeft();
    } else {
      count.nothingTwice();
    }
  }

  private void prepare() {
    for (TopicPartition partition : world.kafka.partitions()) {
      for (int record = 0; record < scenario.records(); record++) {
        produceWithin(partition);
      }
    }
    for (Disturbance disturbance : scenario.disturbances()) {
      if (!disturbance.kind().isOfOperation()) {
        world.schedule.at(disturbance.when(), () -> disturb(disturbance));
      }
    }
  }

  private void produceWithin(TopicPartition partition) {
    world.schedule.at(
        world.dice.between(1_000, Scenario.STORM_MS), () -> world.kafka.produce(partition));
  }

  private void disturb(Disturbance disturbance) {
    world.trace.add("disturbance", disturbance::toString);
    switch (disturbance.kind()) {
      case FOREIGN_APPEND, OPTIMIZE, ADD_COLUMN, CHANGE_COLUMNS, DROP_TRANSACTIONS ->
          world.lakehouse.disturb(disturbance);
      case LOSE_FILES, LOSE_LETTERS, LOSE_VERSION, RESTORE_LOCATION, DAMAGE_ENTRY, SECOND_NAME ->
          world.mishaps.strike(disturbance);
      case REBALANCE -> world.group.rebalance();
      case EXPIRE -> expire();
      case EXPIRE_UNREAD -> expireUnread(disturbance.amount());
      case ADD_PARTITION -> addPartition(disturbance.amount());
      case RECREATE_TOPIC -> recreate(disturbance.amount());
      case DAMAGE_RUN -> world.decay.strike(disturbance);
      default -> world.connect.disturb(disturbance);
    }
  }

  /**
   * Retention deletes records that the tables have; of a topic that was created again they have
   * none yet.
   */
  private void expire() {
    for (TopicPartition partition : world.kafka.partitions()) {
      if (world.history.isOfOldTopic(partition.topic())) {
        continue;
      }
      world
          .history
          .frontier(partition)
          .ifPresent(
              frontier -> {
                SimulatedKafka.Log log = world.kafka.log(partition);
                if (frontier <= log.end()) {
                  log.start = Math.max(log.start, frontier);
                }
              });
    }
  }

  /** Retention, or DeleteRecords, deletes records that may not have been read. */
  private void expireUnread(int amount) {
    List<TopicPartition> all = world.kafka.partitions();
    SimulatedKafka.Log log = world.kafka.log(all.get(amount % all.size()));
    log.start = Math.max(log.start, log.end() * (amount % 5) / 4);
  }

  private void addPartition(int amount) {
    String topic = "topic" + amount % scenario.partitions().size();
    long count =
        world.kafka.partitions().stream()
            .filter(partition -> partition.topic().equals(topic))
            .count();
    TopicPartition added = new TopicPartition(topic, (int) count);
    world.kafka.addPartition(added);
    for (int record = 0; record < scenario.records(); record++) {
      produceWithin(added);
    }
    world.group.rebalance();
  }

  private void recreate(int amount) {
    String topic = "topic" + amount % scenario.partitions().size();
    world.history.recreated(topic);
    world.kafka.recreate(topic);
    world.group.forget(topic);
    if (scenario.policy().onRecreated().rebases()) {
      world.kafka.partitions().stream()
          .filter(partition -> partition.topic().equals(topic))
          .forEach(
              partition -> {
                for (int record = 0; record < scenario.records() / 2 + 1; record++) {
                  produceWithin(partition);
                }
              });
    }
  }

  /**
   * Runs until everything is in the tables, all tasks run and nothing is left over.
   *
   * @return false when something has happened that may have stopped the connector
   */
  private boolean settle() {
    long limitMs = world.schedule.nowMs() + PATIENCE_MS;
    long stoppedMs = world.schedule.nowMs() + STOPPED_MS;
    while (!isSettled()) {
      if ((world.mishaps.mayStop() || continuesWithoutRows())
          && world.schedule.nowMs() > stoppedMs) {
        return false;
      }
      if (world.schedule.nowMs() > limitMs) {
        throw new Violation("no progress: " + missing());
      }
      runFor(500);
    }
    return true;
  }

  private boolean isSettled() {
    // A batch in progress may be in some tables and not in others.
    return world.connect.isCalm() && missing().isEmpty() && !world.history.isUnderWay();
  }

  /**
   * Whether an older copy of the location was restored, and the connector has read everything since
   * without a row for a table: then no table could object.
   */
  private boolean continuesWithoutRows() {
    if (!world.mishaps.isLocationOld()) {
      return false;
    }
    CheckpointLocation location = new CheckpointLocation(world.files);
    try {
      OptionalLong newest = location.commits().latest();
      if (newest.isEmpty()) {
        return false;
      }
      Batch last = location.plan(newest.getAsLong()).orElse(Batch.NONE);
      return world.kafka.partitions().stream()
          .allMatch(partition -> last.frontier().end(partition).orElse(0) >= lastEnd(partition));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The offset after the last record of a partition; the log start offset when there is none. */
  private long lastEnd(TopicPartition partition) {
    SimulatedKafka.Log log = world.kafka.log(partition);
    long end = log.end();
    while (end > log.start && log.entries.get((int) end - 1) != SimulatedKafka.Entry.RECORD) {
      end--;
    }
    return end;
  }

  /** Partitions whose end the frontier has not reached. */
  private Set<String> missing() {
    Set<String> missing = new HashSet<>();
    for (TopicPartition partition : world.kafka.partitions()) {
      SimulatedKafka.Log log = world.kafka.log(partition);
      long end = lastEnd(partition);
      if (world.history.isOfOldTopic(partition.topic())) {
        missing.add(partition + " of the new topic");
      }
      if (world.history.frontier(partition).orElse(Long.MAX_VALUE) < log.start) {
        missing.add(partition + ", of which something is gone");
      }
      long frontier = world.history.frontier(partition).orElse(0);
      if (end > log.start && frontier < end) {
        missing.add(partition + " at " + frontier + " of " + end);
      }
    }
    return missing;
  }

  private void runFor(long ms) {
    world.schedule.runUntil(world.schedule.nowMs() + ms);
  }

  /** Ends all fibers, whose threads would wait for ever, and clears the disk. */
  private void end() {
    for (Machine machine : world.machines) {
      machine.kill();
      machine.actors().forEach(Actor::end);
    }
    world.scratch.delete();
  }
}
