package io.tidemark.simulation;

import io.tidemark.checkpoint.TidemarkException;
import io.tidemark.checkpoint.log.AttemptLog;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.DataFile;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.SessionState;
import io.tidemark.sink.edge.EdgePolicy;
import io.tidemark.sink.edge.StartingOffsets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * What must hold after every step, by the letters of the protocol's description. It sees every
 * effect on storage, tables and files, and remembers what the world forgets.
 */
final class Invariants {

  /** A log is not the one that was read. */
  private static final Set<String> OF_TOPIC = Set.of("TM-151", "TM-181", "TM-182");

  private final World world;
  private final CheckpointLocation checkpoint;
  private final Map<SegmentId, Segment> segments = new HashMap<>();
  private final TreeMap<Long, Batch> plans = new TreeMap<>();
  private final Set<Long> commits = new HashSet<>();
  private final Map<String, Long> newestBatches = new HashMap<>();

  /** Files that a plan has accepted: no clean-up may touch them, ever. */
  private final Set<String> accepted = new HashSet<>();

  /** Files that zombies began when nobody remembered them any more; left to VACUUM. */
  private final Set<String> beyondTheFence = new HashSet<>();

  private final Set<String> recreatedTopics = new HashSet<>();

  /** The first offset that batches take of each partition, since its topic was created. */
  private final Map<TopicPartition, Long> begins = new HashMap<>();

  /** The furthest end of each partition in any committed batch. */
  private final Map<TopicPartition, Long> highest = new HashMap<>();

  /** What batches say was gone before it was read. */
  private final Map<TopicPartition, List<OffsetRange>> lost = new HashMap<>();

  private int failures;
  private int losses;
  private int windows;

  Invariants(World world) {
    this.world = world;
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
                !accepted.contains(path), "G", () -> path + " is deleted, though a batch names it");
          }
        });
    world.lakehouse.listen(this::committed);
  }

  int batches() {
    return commits.size();
  }

  int rejectedSegments() {
    return plans.values().stream().mapToInt(plan -> plan.rejected().size()).sum();
  }

  int failures() {
    return failures;
  }

  /** The frontier of the newest committed batch. */
  OptionalLong frontier(TopicPartition partition) {
    long newest = newestCommit();
    return newest < 0 ? OptionalLong.empty() : plans.get(newest).frontier().end(partition);
  }

  /** The newest plan, committed or not. */
  Optional<Batch> newestPlan() {
    return plans.isEmpty() ? Optional.empty() : Optional.of(plans.lastEntry().getValue());
  }

  private long newestCommit() {
    return commits.stream().mapToLong(Long::longValue).max().orElse(-1);
  }

  void recreated(String topic) {
    recreatedTopics.add(topic);
  }

  boolean isRecreated(String topic) {
    return recreatedTopics.contains(topic);
  }

  private void created(String path, byte[] content) {
    int slash = path.indexOf('/');
    if (slash < 0) {
      return;
    }
    String name = path.substring(slash + 1);
    try {
      switch (path.substring(0, slash)) {
        case "segments" -> sealed(SegmentId.parse(name));
        case "batches" -> planned(Long.parseLong(name));
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
    if (segments.containsKey(id)) {
      require(segments.get(id).equals(segment), "B", () -> "two segments of one name: " + id);
      return;
    }
    segments.put(id, segment);
    List<String> found = new ArrayList<>();
    for (DataFile file : segment.files()) {
      // The clean-up behind a fence may have been here before a zombie.
      found.addAll(world.folder.records(file.path()).orElse(List.of()));
    }
    List<String> expected = new ArrayList<>();
    for (Map.Entry<TopicPartition, OffsetRange> range : segment.ranges().entrySet()) {
      String topic = range.getKey().topic();
      if (isRecreated(topic)
          && !world.kafka.id(topic).equals(segment.provenance().origin().topicIds().get(topic))) {
        return;
      }
      if (world.windowing.isLanded(topic)) {
        held(segment, range.getKey())
            .forEach(offset -> expected.add(world.kafka.name(range.getKey(), offset)));
      }
    }
    boolean complete =
        segment.files().stream().allMatch(file -> world.folder.records(file.path()).isPresent());
    found.sort(null);
    expected.sort(null);
    require(
        !complete || found.equals(expected),
        "E",
        () -> "segment %s of %s holds %s, not %s".formatted(id, segment.ranges(), found, expected));
  }

  /** The offsets of the records that a segment holds of a partition: not what was lost. */
  List<Long> held(Segment segment, TopicPartition partition) {
    List<Long> offsets =
        new ArrayList<>(world.kafka.recordsIn(partition, segment.ranges().get(partition)));
    segment
        .provenance()
        .lost()
        .getOrDefault(partition, List.of())
        .forEach(lost -> offsets.removeIf(offset -> lost.from() <= offset && offset < lost.to()));
    return offsets;
  }

  private void planned(long number) throws IOException {
    Batch plan = checkpoint.batches().read(number).orElseThrow();
    Batch known = plans.get(number);
    world.trace.add(
        "plan " + number,
        () ->
            "accepts %s, rejects %s, settles %s, fences %s"
                .formatted(plan.accepted(), plan.rejected(), plan.settled(), plan.sessions()));
    if (known != null) {
      // A sleeper that creates a retired plan anew must not carry it out; commits will tell.
      require(
          known.equals(plan) || commits.contains(number), "B", () -> "plan " + number + " changed");
      return;
    }
    Batch before = number == 0 ? Batch.NONE : plans.get(number - 1);
    require(before != null, "A", () -> "batch " + number + " follows nothing");
    Map<TopicPartition, Long> ends = new HashMap<>(before.frontier().ends());
    for (SegmentId id : plan.accepted()) {
      Segment segment = segments.get(id);
      require(segment != null, "A", () -> "batch " + number + " names unsealed " + id);
      segment
          .ranges()
          .forEach(
              (partition, range) -> {
                Long end = ends.put(partition, range.to());
                require(
                    end == null ? range.first() : end == range.from(),
                    "A",
                    () ->
                        "batch %d: %s of %s does not continue %d of %s"
                            .formatted(number, range, id, end, partition));
              });
      segment.files().forEach(file -> accepted.add(file.path()));
      for (DataFile file : segment.files()) {
        require(
            world.folder.records(file.path()).isPresent(),
            "G",
            () -> "batch %d accepts %s, whose file is gone".formatted(number, id));
      }
    }
    for (DataFile file : plan.results()) {
      accepted.add(file.path());
      require(
          world.folder.records(file.path()).isPresent(),
          "G",
          () -> "batch %d names result %s, which is gone".formatted(number, file.path()));
    }
    pinned(plan, before).forEach(ends::putIfAbsent);
    begin(plan, before);
    plan.continuity()
        .moves()
        .ends()
        .forEach(
            (partition, move) -> {
              if (move.to().isPresent()) {
                ends.put(partition, move.to().getAsLong());
              } else {
                ends.remove(partition);
              }
            });
    require(ends.equals(plan.frontier().ends()), "A", () -> "batch " + number + " leaps: " + ends);
    plans.put(number, plan);
  }

  /** Where partitions began in rejected segments: a position, and no offset. */
  private Map<TopicPartition, Long> pinned(Batch plan, Batch before) {
    Map<TopicPartition, Long> pins = new HashMap<>();
    for (SegmentId id : plan.rejected()) {
      if (segments.get(id).provenance().behind() < before.continuity().movedBy()) {
        continue;
      }
      segments
          .get(id)
          .ranges()
          .forEach(
              (partition, range) -> {
                if (range.first()) {
                  pins.merge(partition, range.from(), Math::min);
                }
              });
    }
    return pins;
  }

  /** Where a batch begins to read partitions, and what it goes on without. */
  private void begin(Batch plan, Batch before) {
    for (SegmentId id : plan.accepted()) {
      segments
          .get(id)
          .ranges()
          .forEach(
              (partition, range) -> {
                if (range.first()) {
                  begins.putIfAbsent(partition, range.from());
                }
              });
    }
    pinned(plan, before).forEach(begins::putIfAbsent);
    plan.continuity()
        .lost()
        .forEach(
            (partition, ranges) ->
                lost.computeIfAbsent(partition, any -> new ArrayList<>()).addAll(ranges));
    plan.continuity()
        .moves()
        .ends()
        .forEach(
            (partition, move) -> {
              lost.remove(partition);
              begins.remove(partition);
              move.to().ifPresent(to -> begins.put(partition, to));
            });
  }

  /** Whether the newest batch counts in a topic that is gone. */
  boolean isOfOldTopic(String topic) {
    long newest = newestCommit();
    String id = newest < 0 ? null : plans.get(newest).continuity().origin().topicIds().get(topic);
    return id != null && !id.equals(world.kafka.id(topic));
  }

  /** Whether a batch is planned and not committed. */
  boolean isUnderWay() {
    return !plans.isEmpty() && !commits.contains(plans.lastKey());
  }

  private void announced(long number) {
    require(
        number == 0 || commits.contains(number - 1),
        "D",
        () -> "offsets/" + number + " before commits/" + (number - 1));
  }

  private void finished(long number) {
    for (TableVersions table : world.lakehouse.all()) {
      boolean wanted = !files(plans.get(number), table.location()).isEmpty();
      require(
          !wanted || newestBatches.getOrDefault(table.location(), -1L) >= number,
          "D",
          () -> "commits/" + number + " before " + table.location());
    }
    commits.add(number);
    plans
        .get(number)
        .frontier()
        .ends()
        .forEach((partition, end) -> highest.merge(partition, end, Math::max));
  }

  private void committed(TableVersions table, TableVersions.Version.Ours version) {
    long number = version.append().batch();
    long newest = newestBatches.getOrDefault(table.location(), -1L);
    require(
        newest < number,
        "C",
        () -> "%s takes batch %d after %d".formatted(table.location(), number, newest));
    newestBatches.put(table.location(), number);
    Batch plan = plans.get(number);
    require(plan != null, "B", () -> "batch " + number + " was never planned");
    List<DataFile> planned = files(plan, table.location());
    require(
        planned.equals(version.append().files()),
        "B",
        () -> "batch %d commits other files than planned".formatted(number));
  }

  private List<DataFile> files(Batch plan, String table) {
    List<DataFile> files = new ArrayList<>();
    for (SegmentId id : plan.accepted()) {
      for (DataFile file : segments.get(id).files()) {
        if (file.table().equals(table)) {
          files.add(file);
        }
      }
    }
    plan.results().stream().filter(file -> file.table().equals(table)).forEach(files::add);
    return files;
  }

  /** Whether the attempt of a driver is so old that it was swept before. */
  private boolean isOldAttempt(String path) {
    return newestCommit() - attempt(path) >= world.scenario.retainedBatches();
  }

  private static long attempt(String path) {
    return AttemptLog.batch(DataFolder.owner(path).substring("window-".length()));
  }

  /** Whether a file's attempt is still to be swept. */
  private boolean isRegistered(String path) {
    return DataFolder.segment(path).isEmpty()
        && world.files.list("attempts").stream()
            .anyMatch(
                name -> name.startsWith(DataFolder.owner(path).substring("window-".length())));
  }

  /** Whether a zombie slept through all the batches that remember its fence. */
  private boolean outslept(SessionId session) {
    long newest = newestCommit();
    if (newest < 0) {
      return false;
    }
    SessionState state = plans.get(newest).session(session);
    return world.files.read("sessions/" + session).isEmpty()
        || (state.isFenced() && newest - state.fencedBy() >= world.scenario.retainedBatches());
  }

  /** Offsets that a task returned to the runtime; it may not have heard of a move yet. */
  void returned(String task, Map<TopicPartition, Long> safe) {
    safe.forEach(
        (partition, offset) -> {
          Long reached = highest.get(partition);
          require(
              reached != null && offset <= reached,
              "F",
              () ->
                  "%s returns %d for %s, the frontier is %s"
                      .formatted(task, offset, partition, reached));
        });
  }

  /** A task failed; few reasons are good ones. */
  void failed(TidemarkException e) {
    failures++;
    boolean known =
        e.code().equals("TM-154")
            || (OF_TOPIC.contains(e.code())
                && !recreatedTopics.isEmpty()
                && !world.scenario.edges().onRecreated().rebases());
    if (!known) {
      throw new Violation("a task failed without need: " + e.getMessage(), e);
    }
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

  /** At the end: every record once, and what is not there was gone, and a batch says so. */
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
    long begin = begins.getOrDefault(partition, log.start);
    EdgePolicy edges = world.scenario.edges();
    boolean anywhere =
        edges.starting() instanceof StartingOffsets.Latest
            || (edges.starting() instanceof StartingOffsets.Committed && !edges.resetsToEarliest());
    require(
        anywhere
            || begin <= log.start
            || world.kafka.recordsIn(partition, new OffsetRange(log.start, begin)).isEmpty(),
        "once",
        () -> "%s begins at %d of %d".formatted(partition, begin, log.start));
    for (long offset : world.kafka.recordsIn(partition, new OffsetRange(begin, log.end()))) {
      String record = world.kafka.name(partition, offset);
      boolean isLost =
          lost.getOrDefault(partition, List.of()).stream()
              .anyMatch(range -> range.from() <= offset && offset < range.to());
      require(
          counts.getOrDefault(record, 0) == (isLost ? 0 : 1),
          "once",
          () ->
              "%s is in the tables %d times, %s"
                  .formatted(
                      record,
                      counts.getOrDefault(record, 0),
                      isLost ? "though a batch calls it lost" : "and nothing says it is lost"));
      require(
          !isLost || offset < log.start, "once", () -> record + " is called lost, and is there");
      losses += isLost ? 1 : 0;
    }
  }

  /** Records that were gone before they were read. */
  int losses() {
    return losses;
  }

  /** Every window that was closed is there as the records say, and no other. */
  private void windowsAsTheOracleSays(Map<String, Integer> counts) {
    if (world.windowing.aggregation().isEmpty()) {
      return;
    }
    List<String> found = counts.keySet().stream().filter(row -> row.startsWith("window ")).toList();
    List<Batch> committed =
        plans.values().stream().filter(plan -> commits.contains(plan.number())).toList();
    Set<String> missing = new TreeSet<>(WindowOracle.rows(world, committed, segments));
    Set<String> wrong = new TreeSet<>(found);
    wrong.removeAll(missing);
    found.forEach(missing::remove);
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

  /** At the end of a run whose topic became another one: of all that landed, nothing twice. */
  void everythingOnceBeforeRecreation() {
    Map<String, Integer> counts = counts();
    counts.forEach((record, count) -> require(count == 1, "once", () -> record + ": " + count));
  }

  /** At the end: nothing that no batch names (G), and no more in the logs than is retained. */
  void nothingLeft() {
    for (String path : world.folder.paths()) {
      require(
          accepted.contains(path) || beyondTheFence.contains(path) || isRegistered(path),
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

  private static void require(boolean holds, String letter, Supplier<String> what) {
    if (!holds) {
      throw new Violation(letter + ": " + what.get());
    }
  }
}
