package io.tidemark.simulation;

import io.tidemark.checkpoint.log.AttemptLog;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.PlanMark;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.SessionState;
import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.CommittedBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Checks the invariants of the protocol's description, named by their letters, after every step. It
 * sees every effect on storage, tables and files.
 */
final class Invariants {

  /** A log is not the one that was read. */
  private static final Set<String> OF_TOPIC = Set.of("TM-151", "TM-181", "TM-182");

  private final World world;
  private final CheckpointLocation checkpoint;
  private final History history;
  private final Map<String, Long> newestBatches = new HashMap<>();

  /** The same, including versions that were lost since. */
  private final Map<String, Long> reached = new HashMap<>();

  /** The location was restored from an older copy: its tables have later batches. */
  private boolean isOld;

  /** Tables that had batches which a restored location does not know. */
  private final Set<String> ahead = new HashSet<>();

  /** Files that zombies began after their sessions were forgotten; VACUUM removes them. */
  private final Set<String> beyondTheFence = new HashSet<>();

  private int failures;

  Invariants(World world) {
    this.world = world;
    this.history = world.history;
    this.checkpoint = new CheckpointLocation(world.files);
    world.files.listen(this::created);
    world.folder.listen(
        new DataFolder.Listener() {
          @Override
          public void begun(String path) {
            boolean late =
                DataFolder.segment(path)
                    .map(id -> outslept(id.session()))
                    .orElseGet(() -> isOldAttempt(path));
            if (late) {
              beyondTheFence.add(path);
            }
          }

          @Override
          public void deleted(String path) {
            require(
                !history.isAccepted(path),
                "G",
                () -> path + " is deleted, though a batch names it");
          }
        });
    world.lakehouse.listen(this::committed);
  }

  int failures() {
    return failures;
  }

  private void created(String path, byte[] content) {
    int slash = path.indexOf('/');
    if (slash < 0) {
      return;
    }
    String log = path.substring(0, slash);
    String name = path.substring(slash + 1);
    try {
      if (isOld && !log.equals("segments")) {
        requireSamePlan(log, name);
        return;
      }
      switch (log) {
        case "segments" -> sealed(SegmentId.parse(name));
        case "batches" -> planned(Long.parseLong(name));
        case "voids" -> voided(Long.parseLong(name));
        case "offsets" -> announced(Long.parseLong(name));
        case "commits" -> finished(Long.parseLong(name));
        default -> {}
      }
    } catch (IOException e) {
      throw new Violation("unreadable " + path, e);
    }
  }

  /**
   * A segment's files hold exactly the records of its ranges (also E: continued where it ended).
   */
  private void sealed(SegmentId id) throws IOException {
    Segment segment = checkpoint.segments().read(id).orElseThrow();
    Optional<Segment> known = history.segment(id);
    if (known.isPresent()) {
      require(known.get().equals(segment), "B", () -> "two segments of one name: " + id);
      return;
    }
    history.sealed(segment);
    List<String> found = new ArrayList<>();
    for (DataFile file : segment.files()) {
      // The clean-up after a fence may have run before a zombie wrote this.
      found.addAll(world.folder.records(file.path()).orElse(List.of()));
    }
    List<String> expected = new ArrayList<>();
    for (Map.Entry<TopicPartition, OffsetRange> range : segment.ranges().entrySet()) {
      String topic = range.getKey().topic();
      if (history.isRecreated(topic)
          && !world.kafka.id(topic).equals(segment.provenance().origin().topicIds().get(topic))) {
        return;
      }
      if (world.windowing.isLanded(topic)) {
        for (long offset : history.held(segment, range.getKey())) {
          String record = world.kafka.name(range.getKey(), offset);
          if (!world.isPoison(range.getKey(), offset)) {
            expected.add(record);
          } else {
            require(
                world.letters.has(record),
                "K",
                () -> "segment %s passes %s, of which there is no letter".formatted(id, record));
          }
        }
      }
    }
    boolean complete =
        segment.files().stream().allMatch(file -> world.folder.records(file.path()).isPresent());
    if (world.windowing.isDistinct()) {
      // The oracle says later whether the right ones are left out.
      expected.removeIf(
          record -> !found.contains(record) && world.windowing.mayDrop(topic(record)));
    }
    found.sort(null);
    expected.sort(null);
    require(
        !complete || found.equals(expected),
        "E",
        () -> "segment %s of %s holds %s, not %s".formatted(id, segment.ranges(), found, expected));
  }

  private static String topic(String record) {
    return record.substring(0, record.indexOf('-'));
  }

  private void planned(long number) throws IOException {
    Batch plan = checkpoint.batches().read(number).orElseThrow();
    Batch known = history.plan(number);
    world.trace.add(
        "plan " + number,
        () ->
            "accepts %s, rejects %s, settles %s, fences %s"
                .formatted(plan.accepted(), plan.rejected(), plan.settled(), plan.sessions()));
    if (known != null && (history.isCommitted(number) || !isLost(number))) {
      // A paused driver may create a retired plan again, but must not carry it out; the commits
      // show that.
      require(
          known.equals(plan) || history.isCommitted(number) || world.mishaps.isEntryDamaged(),
          "B",
          () -> "plan " + number + " changed");
      return;
    }
    require(
        new HashSet<>(plan.tables().values()).size() == plan.tables().size(),
        "H",
        () -> "batch %d has one table under two names: %s".formatted(number, plan.tables()));
    Batch before = number == 0 ? Batch.NONE : history.plan(number - 1);
    require(before != null, "A", () -> "batch " + number + " follows nothing");
    Map<TopicPartition, Long> ends = new HashMap<>(before.frontier().ends());
    for (SegmentId id : plan.accepted()) {
      Segment segment =
          history
              .segment(id)
              .orElseThrow(() -> new Violation("A: batch " + number + " names unsealed " + id));
      segment
          .ranges()
          .forEach(
              (partition, range) -> {
                Long end = ends.put(partition, range.to());
                require(
                    end == null ? history.begins(partition, range.from()) : end == range.from(),
                    "A",
                    () ->
                        "batch %d: %s of %s does not continue %d of %s"
                            .formatted(number, range, id, end, partition));
              });
      for (DataFile file : segment.files()) {
        require(
            world.folder.records(file.path()).isPresent() || world.folder.isLost(file.path()),
            "G",
            () -> "batch %d accepts %s, whose file is gone".formatted(number, id));
      }
    }
    for (DataFile file : plan.results()) {
      require(
          world.folder.records(file.path()).isPresent() || world.folder.isLost(file.path()),
          "G",
          () -> "batch %d names result %s, which is gone".formatted(number, file.path()));
    }
    plan.frontier().ends().keySet().stream()
        .filter(partition -> !ends.containsKey(partition))
        .forEach(partition -> ends.put(partition, begun(plan, partition)));
    history.pinned(plan, before).forEach(ends::putIfAbsent);
    plan.continuity()
        .resets()
        .ends()
        .forEach(
            (partition, reset) -> {
              if (reset.to().isPresent()) {
                ends.put(partition, reset.to().getAsLong());
              } else {
                ends.remove(partition);
              }
            });
    require(
        ends.equals(plan.frontier().ends()),
        "A",
        () -> "batch %d leaps to %s, not %s".formatted(number, plan.frontier().ends(), ends));
    history.planned(plan, before);
  }

  /** Where a plan begins a partition without records. Some segment must have begun it there. */
  private long begun(Batch plan, TopicPartition partition) {
    long begin = plan.frontier().end(partition).orElseThrow();
    require(
        history.begins(partition, begin)
            || plan.continuity().resets().ends().containsKey(partition),
        "A",
        () ->
            "batch %d begins %s at %d, as no segment does"
                .formatted(plan.number(), partition, begin));
    return begin;
  }

  /** A plan that was lost before its creation was reported does not count. */
  private boolean isLost(long number) {
    return world.mishaps.isEntryDamaged() && world.files.read("offsets/" + number).isEmpty();
  }

  /**
   * In a restored location a batch with rows for a table does not count as committed if the table
   * has a different batch of that number. A batch without rows is not affected.
   */
  private void requireSamePlan(String log, String name) throws IOException {
    if (log.equals("commits")) {
      long number = Long.parseLong(name);
      Batch plan = checkpoint.batches().read(number).orElseThrow();
      String mark = PlanMark.of(plan).text();
      require(
          world.lakehouse.all().stream()
              .filter(table -> !history.files(plan, table).isEmpty())
              .allMatch(table -> table.hasNoOtherPlan(number, mark)),
          "H",
          () -> "commits/" + number + ", though a table has another plan of that batch");
    }
  }

  private void voided(long number) throws IOException {
    Batch standIn = checkpoint.voids().read(number).orElseThrow();
    require(
        world.lakehouse.all().stream()
            .anyMatch(table -> table.isVoid(number, PlanMark.of(history.plan(number)).text())),
        "H",
        () -> "voids/" + number + " before any table says so");
    history.standsIn(standIn);
  }

  /** Records that a table has lost its newest versions. */
  void lostVersions(TableVersions table) {
    newestBatches.put(table.location(), table.newestBatch());
  }

  /** Whether a table has lost its newest batch, and no batch was written to it since. */
  boolean lacksABatch() {
    return world.lakehouse.all().stream()
        .anyMatch(table -> table.newestBatch() < reached.getOrDefault(table.location(), -1L));
  }

  /**
   * Records that the location is now an older copy.
   *
   * @param newest the newest batch that is committed there
   */
  void restoredLocation(long newest) {
    isOld = true;
    world.lakehouse.all().stream()
        .filter(table -> table.newestBatch() > newest)
        .forEach(table -> ahead.add(table.location()));
  }

  private void announced(long number) {
    require(
        number == 0 || history.isCommitted(number - 1),
        "D",
        () -> "offsets/" + number + " before commits/" + (number - 1));
  }

  private void finished(long number) {
    for (TableVersions table : world.lakehouse.all()) {
      boolean wanted = !history.files(history.plan(number), table).isEmpty();
      require(
          !wanted || reached.getOrDefault(table.location(), -1L) >= number,
          "D",
          () -> "commits/" + number + " before " + table.location());
    }
    history.committed(number);
  }

  private void committed(TableVersions table, TableVersions.Version.Ours version) {
    long number = version.append().batch();
    long newest = newestBatches.getOrDefault(table.location(), -1L);
    require(
        newest < number,
        "C",
        () -> "%s takes batch %d after %d".formatted(table.location(), number, newest));
    newestBatches.put(table.location(), number);
    reached.merge(table.location(), number, Math::max);
    Batch plan = history.plan(number);
    if (isOld && plan == null) {
      // The older copy has come further than the location that it replaced.
      require(
          !ahead.contains(table.location()),
          "H",
          () -> "batch %d in %s, which was ahead".formatted(number, table.location()));
      return;
    }
    require(plan != null, "B", () -> "batch " + number + " was never planned");
    if (isOld && history.files(plan, table).isEmpty()) {
      // An older copy does not know a table that was first written to since. Until it writes to
      // that table, the other tables do not have its batches.
      return;
    }
    require(
        CommittedBatch.of(version.append(), 0, 0)
            .plan()
            .equals(Optional.of(PlanMark.of(plan).text())),
        "H",
        () -> "batch %d in %s is another plan".formatted(number, table.location()));
    if (CommittedBatch.of(version.append(), 0, 0).isVoid()) {
      require(
          world.lakehouse.all().stream()
              .noneMatch(any -> any != table && any.newestBatch() == number),
          "H",
          () -> "batch %d is void in %s alone".formatted(number, table.location()));
      return;
    }
    for (DataFile file : version.append().files()) {
      require(
          file.schema().equals(table.columns()),
          "I",
          () -> file.path() + " was written for other columns");
    }
    List<DataFile> planned = history.files(plan, table);
    require(
        planned.equals(version.append().files()),
        "B",
        () -> "batch %d commits other files than planned".formatted(number));
  }

  /** Whether the attempt of a driver is so old that it was swept before. */
  private boolean isOldAttempt(String path) {
    return history.newestCommit() - attempt(path) >= world.scenario.retainedBatches();
  }

  private static long attempt(String path) {
    return AttemptLog.batch(DataFolder.owner(path).substring("window-".length()));
  }

  /** Whether a file's attempt is still to be swept. */
  boolean isRegistered(String path) {
    return DataFolder.segment(path).isEmpty()
        && world.files.list("attempts").stream()
            .anyMatch(
                name -> name.startsWith(DataFolder.owner(path).substring("window-".length())));
  }

  /** Whether a zombie was paused during all the batches that remember its fence. */
  private boolean outslept(SessionId session) {
    long newest = history.newestCommit();
    if (newest < 0) {
      return false;
    }
    SessionState state = history.plan(newest).session(session);
    return world.files.read("sessions/" + session).isEmpty()
        || (state.isFenced() && newest - state.fencedBy() >= world.scenario.retainedBatches());
  }

  /** Whether a zombie began the file after its session was forgotten. */
  boolean isBeyondTheFence(String path) {
    return beyondTheFence.contains(path);
  }

  /** Offsets that a task returned to the runtime; it may not have heard of a reset yet. */
  void returned(String task, Map<TopicPartition, Long> safe) {
    if (isOld) {
      // Batches without rows may continue with repeated numbers; the first row for a table ends
      // that.
      return;
    }
    safe.forEach(
        (partition, offset) -> {
          Long reached = history.highest(partition);
          require(
              reached != null && offset <= reached,
              "F",
              () ->
                  "%s returns %d for %s, the frontier is %s"
                      .formatted(task, offset, partition, reached));
        });
  }

  /** A task failed; only a few reasons are allowed. */
  void failed(TidemarkException e) {
    failures++;
    boolean known =
        e.code().equals("TM-154")
            || (OF_TOPIC.contains(e.code())
                && history.isAnyRecreated()
                && !world.scenario.policy().onRecreated().rebases());
    if (!known && !world.mishaps.explains(e.code())) {
      throw new Violation("a task failed without need: " + e.getMessage(), e);
    }
  }

  static void require(boolean holds, String letter, Supplier<String> what) {
    if (!holds) {
      throw new Violation(letter + ": " + what.get());
    }
  }
}
