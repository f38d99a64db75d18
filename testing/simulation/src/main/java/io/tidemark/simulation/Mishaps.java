package io.tidemark.simulation;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.common.DataFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Changes to tables, their folders and the checkpoint location from outside, and the errors that
 * they may cause.
 */
final class Mishaps {

  private static final int AGAIN_MS = 500;

  /** Codes for a table that lacks versions, or a location that is older than its tables. */
  private static final Set<String> OF_TABLES =
      Set.of("TM-176", "TM-190", "TM-191", "TM-180", "TM-192", "TM-196");

  private final World world;

  /** Rows of files that were lost while they were being committed. */
  private final Set<String> excused = new HashSet<>();

  /** A copy of the checkpoint location, and when it was taken. */
  private Map<String, byte[]> copy;

  /** The topic whose table has two names, null for none. */
  private String renamed;

  private boolean tablesDiffer;

  /** The location was restored from an older copy. */
  private boolean locationOld;

  private boolean entryDamaged;
  private boolean lettersLost;
  private boolean failed;

  Mishaps(World world) {
    this.world = world;
  }

  void strike(Disturbance disturbance) {
    switch (disturbance.kind()) {
      case LOSE_FILES -> loseFiles(disturbance);
      case LOSE_LETTERS -> {
        lettersLost = true;
        world.letters.breakFor(disturbance.amount() / 5);
      }
      case LOSE_VERSION -> loseVersion(disturbance);
      case RESTORE_LOCATION -> copyLocation(disturbance);
      case DAMAGE_ENTRY -> damageEntry(disturbance);
      case SECOND_NAME -> nameAgain(disturbance);
      default -> throw new IllegalArgumentException(disturbance.toString());
    }
  }

  /** VACUUM: files that no version names. */
  private void loseFiles(Disturbance disturbance) {
    List<String> waiting = new ArrayList<>();
    for (Segment segment : world.history.segments().values()) {
      for (DataFile file : segment.files()) {
        if (world.folder.records(file.path()).isPresent() && !world.lakehouse.names(file.path())) {
          waiting.add(file.path());
        }
      }
    }
    waiting.sort(null);
    if (!waiting.isEmpty()) {
      world.folder.lose(waiting.get(disturbance.amount() % waiting.size()));
    } else if (world.schedule.nowMs() < Scenario.STORM_MS) {
      world.schedule.after(AGAIN_MS, () -> loseFiles(disturbance));
    }
  }

  /** Removes the newest versions of a table, as a restored backup does. */
  private void loseVersion(Disturbance disturbance) {
    List<TableVersions> tables = world.lakehouse.all();
    TableVersions table = tables.get(disturbance.amount() % tables.size());
    if (table.loseVersions(disturbance.amount() % 3 + 1)) {
      tablesDiffer = true;
      world.invariants.lostVersions(table);
      world.trace.add("mishap", () -> table.location() + " ends at " + table.size());
    }
  }

  /** From now on the table of a topic has a second name, such as a link, for writes. */
  private void nameAgain(Disturbance disturbance) {
    String topic = "topic" + disturbance.amount() % world.scenario.partitions().size();
    if (world
        .history
        .newestPlan()
        .map(Batch::tables)
        .orElse(new TreeMap<>())
        .containsKey(world.tableOf(topic))) {
      renamed = topic;
    } else if (world.schedule.nowMs() < Scenario.STORM_MS) {
      world.schedule.after(AGAIN_MS, () -> nameAgain(disturbance));
    }
  }

  /** The location that the records of a topic are written to. */
  String nameOf(String topic, String location) {
    return topic.equals(renamed) ? Lakehouse.link(location) : location;
  }

  /**
   * The operator stops everything and restores an older copy of the location. The copy must have
   * this query: an empty one would start another query, with batches from 0.
   */
  private void copyLocation(Disturbance disturbance) {
    if (world.files.read("metadata").isEmpty()) {
      world.schedule.after(AGAIN_MS, () -> copyLocation(disturbance));
      return;
    }
    copy = world.files.copy();
    long newest = world.history.newestCommit();
    world.schedule.after(3_000 + disturbance.amount() / 3, () -> putBack(newest));
  }

  private void putBack(long newest) {
    boolean ahead =
        world.lakehouse.all().stream().anyMatch(table -> table.newestBatch() > newest + 1);
    if (ahead && world.schedule.nowMs() < Scenario.STORM_MS) {
      world.connect.killAll();
      world.files.putBack(copy);
      tablesDiffer = true;
      locationOld = true;
      world.invariants.restoredLocation(newest);
      world.trace.add("mishap", () -> "the location ends at batch " + newest + " again");
    }
  }

  /** A file of the location is lost, truncated, or has a flipped bit. */
  private void damageEntry(Disturbance disturbance) {
    List<String> paths =
        world.files.paths().stream().filter(path -> !path.startsWith("state/")).toList();
    if (paths.isEmpty()) {
      return;
    }
    String path = paths.get(disturbance.amount() % paths.size());
    byte[] content = world.files.read(path).orElseThrow();
    int how = disturbance.amount() % 4;
    if (how == 0) {
      world.files.delete(path);
    } else {
      byte[] damaged = how == 1 ? Arrays.copyOf(content, content.length / 2) : content.clone();
      if (how > 1) {
        damaged[disturbance.amount() % content.length] ^= 1;
      }
      world.files.damage(path, damaged);
    }
    entryDamaged = true;
    world.trace.add("mishap", () -> path + " is damaged");
  }

  /** Rows that were lost with their file after the driver that commits it had seen it. */
  void excuse(List<String> records) {
    excused.addAll(records);
  }

  boolean isEntryDamaged() {
    return entryDamaged;
  }

  boolean isExcused(String record) {
    return excused.contains(record);
  }

  /** Whether a task may fail with this code; from then on it may stay failed. */
  boolean explains(String code) {
    if (code.equals("TM-130")) {
      return lettersLost;
    }
    boolean explained =
        (tablesDiffer && OF_TABLES.contains(code))
            || (renamed != null && code.equals("TM-193"))
            || (entryDamaged && !code.equals("TM-154"))
            // A driver that had seen the files may have committed them since.
            || (code.equals("TM-196") && (isHalfCommitted() || !excused.isEmpty()));
    failed |= explained;
    return explained;
  }

  /** Whether the newest plan is in one table, and another table can no longer take its part. */
  private boolean isHalfCommitted() {
    Batch plan = world.history.newestPlan().orElseThrow();
    List<TableVersions> named =
        world.lakehouse.all().stream()
            .filter(table -> !world.history.files(plan, table).isEmpty())
            .toList();
    return named.stream().anyMatch(table -> table.newestBatch() >= plan.number())
        && named.stream()
            .filter(table -> table.newestBatch() < plan.number())
            .anyMatch(table -> cannotTake(table, plan));
  }

  private boolean cannotTake(TableVersions table, Batch plan) {
    return world.history.files(plan, table).stream()
        .anyMatch(
            file -> world.folder.isLost(file.path()) || !file.schema().equals(table.columns()));
  }

  /** Whether an older copy of the location was restored. */
  boolean isLocationOld() {
    return locationOld;
  }

  /** Whether the connector may have come to a stop for good. */
  boolean mayStop() {
    return failed;
  }
}
