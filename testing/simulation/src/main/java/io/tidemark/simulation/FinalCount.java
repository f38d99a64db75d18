package io.tidemark.simulation;

import static io.tidemark.simulation.Invariants.require;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.sink.kafka.StartingOffsets;
import io.tidemark.sink.kafka.TopicPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** What must hold when a run is over: the tables have every record once, and nothing is left. */
final class FinalCount {

  private final World world;
  private final History history;
  private int windows;

  FinalCount(World world) {
    this.world = world;
    this.history = world.history;
  }

  private Map<String, Integer> counts() {
    Map<String, Integer> counts = new HashMap<>();
    for (TableVersions table : world.lakehouse.all()) {
      table
          .active()
          .values()
          .forEach(records -> records.forEach(record -> counts.merge(record, 1, Integer::sum)));
    }
    return counts;
  }

  /**
   * At the end: every record is there once; a missing record was deleted in Kafka, and a batch says
   * so.
   */
  void everythingOnce() {
    Map<String, Integer> counts = counts();
    for (TopicPartition partition : world.kafka.partitions()) {
      if (world.windowing.isLanded(partition.topic())) {
        everythingOnce(partition, counts);
      }
    }
    counts.forEach((record, count) -> require(count == 1, "once", () -> record + ": " + count));
    windowsAsTheOracleSays(counts);
  }

  private void everythingOnce(TopicPartition partition, Map<String, Integer> counts) {
    SimulatedKafka.Log log = world.kafka.log(partition);
    long begin = history.begin(partition).orElse(log.start);
    TopicPolicy policy = world.scenario.policy();
    boolean anywhere =
        policy.starting() instanceof StartingOffsets.Latest
            || (policy.starting() instanceof StartingOffsets.Committed
                && !policy.resetsToEarliest());
    require(
        anywhere
            || begin <= log.start
            || world.kafka.recordsIn(partition, new OffsetRange(log.start, begin)).isEmpty(),
        "once",
        () -> "%s begins at %d of %d".formatted(partition, begin, log.start));
    for (long offset : world.kafka.recordsIn(partition, new OffsetRange(begin, log.end()))) {
      String record = world.kafka.name(partition, offset);
      boolean isLost = history.isLost(partition, offset);
      boolean isPoison = world.isPoison(partition, offset);
      require(
          !isPoison || isLost || world.letters.has(record),
          "K",
          () -> record + " is neither in a table nor in the queue");
      require(
          (counts.getOrDefault(record, 0) == 0 && world.windowing.mayDrop(partition.topic()))
              || counts.getOrDefault(record, 0) == (isLost || isPoison ? 0 : 1)
              || world.mishaps.isExcused(record),
          "once",
          () ->
              "%s is in the tables %d times, %s"
                  .formatted(
                      record,
                      counts.getOrDefault(record, 0),
                      isLost ? "though a batch calls it lost" : "and nothing says it is lost"));
      require(
          !isLost || offset < log.start, "once", () -> record + " is called lost, and is there");
    }
  }

  /** The closed windows are exactly those computed from the records. */
  private void windowsAsTheOracleSays(Map<String, Integer> counts) {
    if (world.windowing.aggregation().isEmpty()) {
      return;
    }
    List<Batch> committed =
        history.plans().stream().filter(plan -> history.isCommitted(plan.number())).toList();
    if (world.windowing.isDistinct()) {
      DistinctOracle.check(world, committed, counts.keySet());
    }
    List<String> found = counts.keySet().stream().filter(row -> row.startsWith("window ")).toList();
    Set<String> missing = new TreeSet<>(WindowOracle.rows(world, committed, history.segments()));
    Set<String> wrong = new TreeSet<>(found);
    wrong.removeAll(missing);
    found.forEach(missing::remove);
    missing.removeIf(world.mishaps::isExcused);
    require(
        missing.isEmpty() && wrong.isEmpty(),
        "windows",
        () -> "missing " + missing + ", wrong " + wrong);
    windows = found.size();
  }

  /** Rows of closed windows at the end. */
  int windows() {
    return windows;
  }

  /** At the end of a run after which tasks may stay failed: no record is in a table twice. */
  void nothingTwice() {
    Map<String, Integer> counts = counts();
    counts.forEach((record, count) -> require(count == 1, "once", () -> record + ": " + count));
  }

  /**
   * At the end: there are no files without a batch (G), and no more log entries than are retained.
   */
  void nothingLeft() {
    for (String path : world.folder.paths()) {
      require(
          history.isAccepted(path)
              || history.isReplaced(path)
              || world.invariants.isBeyondTheFence(path)
              // When its entry was lost, its owner is unknown: VACUUM removes the file.
              || world.mishaps.isEntryDamaged()
              || world.invariants.isRegistered(path),
          "G",
          () -> path + " is an orphan");
    }
    int bound = world.scenario.retainedBatches() + 45;
    for (String log : List.of("batches", "offsets", "commits")) {
      require(
          world.files.list(log).size() <= bound,
          "G",
          () -> log + " has " + world.files.list(log).size() + " entries");
    }
  }
}
