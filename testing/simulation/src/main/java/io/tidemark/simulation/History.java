package io.tidemark.simulation;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.common.DataFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Everything that ever became durable in a world, including what was deleted since. */
final class History {

  private final World world;
  private final Map<SegmentId, Segment> segments = new HashMap<>();
  private final TreeMap<Long, Batch> plans = new TreeMap<>();
  private final Set<Long> commits = new HashSet<>();

  /** Files that a plan has accepted: no clean-up may ever delete them. */
  private final Set<String> accepted = new HashSet<>();

  /** The last plan that replaces a file. */
  private final Map<String, Long> replacedBy = new HashMap<>();

  private final Set<String> recreatedTopics = new HashSet<>();

  /** The first offset that batches take of each partition, since its topic was created. */
  private final Map<TopicPartition, Long> begins = new HashMap<>();

  /** The furthest end of each partition in any committed batch. */
  private final Map<TopicPartition, Long> highest = new HashMap<>();

  /** The offsets that were lost before they were read, according to batches. */
  private final Map<TopicPartition, List<OffsetRange>> lost = new HashMap<>();

  /** The clean-up removes old batches so many at a time. */
  private static final int BATCHES_AT_ONCE = 10;

  private int standIns;

  History(World world) {
    this.world = world;
  }

  /** Records that a segment was created. */
  void sealed(Segment segment) {
    segments.put(segment.id(), segment);
  }

  /** Records that a batch was decided. */
  void planned(Batch plan, Batch before) {
    plan.accepted().forEach(id -> segments.get(id).files().forEach(this::accept));
    plan.results().forEach(this::accept);
    plan.replaced()
        .forEach(
            file -> {
              accepted.remove(file.path());
              replacedBy.put(file.path(), plan.number());
            });
    begin(plan);
    plans.put(plan.number(), plan);
  }

  /** Records the stand-in for a plan; the files of the plan have no owner again. */
  void standsIn(Batch standIn) {
    Batch plan = plans.put(standIn.number(), standIn);
    plan.results().forEach(file -> accepted.remove(file.path()));
    plan.accepted()
        .forEach(id -> segments.get(id).files().forEach(file -> accepted.remove(file.path())));
    standIns++;
  }

  /** How many plans were void. */
  int standIns() {
    return standIns;
  }

  private void accept(DataFile file) {
    accepted.add(file.path());
  }

  /** Records that a batch was committed. */
  void committed(long number) {
    commits.add(number);
    plans
        .get(number)
        .frontier()
        .ends()
        .forEach((partition, end) -> highest.merge(partition, end, Math::max));
  }

  /** Records that a topic was deleted and created again. */
  void recreated(String topic) {
    recreatedTopics.add(topic);
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

  /** The newest committed batch, -1 for none. */
  long newestCommit() {
    return commits.stream().mapToLong(Long::longValue).max().orElse(-1);
  }

  /** Whether a topic was ever created again. */
  boolean isRecreated(String topic) {
    return recreatedTopics.contains(topic);
  }

  /** The offsets of a partition's records in a segment, without lost offsets. */
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

  /**
   * Where partitions began in rejected segments: a position without records. A start from before
   * the previous batch's reset of other partitions counts too; a start from before an older reset
   * may be invalid.
   */
  Map<TopicPartition, Long> pinned(Batch plan, Batch before) {
    Map<TopicPartition, Long> pins = new HashMap<>();
    long resetBy = before.continuity().resetBy();
    for (SegmentId id : plan.rejected()) {
      boolean isReset = segments.get(id).provenance().after() < resetBy;
      if (isReset && resetBy != before.number()) {
        continue;
      }
      Set<TopicPartition> reset = isReset ? before.continuity().resets().ends().keySet() : Set.of();
      segments
          .get(id)
          .ranges()
          .forEach(
              (partition, range) -> {
                if (range.first() && !reset.contains(partition)) {
                  pins.merge(partition, range.from(), Math::min);
                }
              });
    }
    return pins;
  }

  /** Whether some sealed segment begins a partition at an offset. */
  boolean begins(TopicPartition partition, long offset) {
    return segments.values().stream()
        .map(segment -> segment.ranges().get(partition))
        .anyMatch(range -> range != null && range.first() && range.from() == offset);
  }

  /** Where a batch begins to read partitions, and which offsets it leaves out as lost. */
  private void begin(Batch plan) {
    for (SegmentId id : plan.accepted()) {
      segments
          .get(id)
          .ranges()
          .forEach((partition, range) -> begins.putIfAbsent(partition, range.from()));
    }
    plan.frontier().ends().forEach(begins::putIfAbsent);
    plan.continuity()
        .lost()
        .forEach(
            (partition, ranges) ->
                lost.computeIfAbsent(partition, any -> new ArrayList<>()).addAll(ranges));
    if (plan.continuity().resets().id().startsWith("restored-")) {
      // The start of records that a table still has does not change.
      return;
    }
    plan.continuity()
        .resets()
        .ends()
        .forEach(
            (partition, reset) -> {
              lost.remove(partition);
              begins.remove(partition);
              reset.to().ifPresent(to -> begins.put(partition, to));
            });
  }

  /** Whether the offsets of the newest batch belong to a deleted topic. */
  boolean isOfOldTopic(String topic) {
    long newest = newestCommit();
    String id = newest < 0 ? null : plans.get(newest).continuity().origin().topicIds().get(topic);
    return id != null && !id.equals(world.kafka.id(topic));
  }

  /** Whether a batch is planned and not committed. */
  boolean isUnderWay() {
    return !plans.isEmpty() && !commits.contains(plans.lastKey());
  }

  /** The files that a batch writes to a table, under any of its names. */
  List<DataFile> files(Batch plan, TableVersions table) {
    List<DataFile> files = new ArrayList<>();
    for (SegmentId id : plan.accepted()) {
      for (DataFile file : segments.get(id).files()) {
        if (world.lakehouse.table(file.table()) == table && !plan.replaced().contains(file)) {
          files.add(file);
        }
      }
    }
    plan.results().stream()
        .filter(file -> world.lakehouse.table(file.table()) == table)
        .forEach(files::add);
    return files;
  }

  /** A segment that was sealed at any time. */
  Optional<Segment> segment(SegmentId id) {
    return Optional.ofNullable(segments.get(id));
  }

  /** All of them. */
  Map<SegmentId, Segment> segments() {
    return segments;
  }

  /** A plan that was made at any time; null when there was none. */
  Batch plan(long number) {
    return plans.get(number);
  }

  Collection<Batch> plans() {
    return plans.values();
  }

  /** Whether a batch has its commit log entry. */
  boolean isCommitted(long number) {
    return commits.contains(number);
  }

  /** How many were committed. */
  int batches() {
    return commits.size();
  }

  int rejectedSegments() {
    return plans.values().stream().mapToInt(plan -> plan.rejected().size()).sum();
  }

  /** Whether a plan names the file. */
  boolean isAccepted(String path) {
    return accepted.contains(path);
  }

  /** Whether a batch has replaced the file, and is not so old that the file must be gone. */
  boolean isReplaced(String path) {
    Long number = replacedBy.get(path);
    return number != null
        && newestCommit() - number < world.scenario.retainedBatches() + BATCHES_AT_ONCE;
  }

  /** How many files were replaced by others without duplicates. */
  int replacedFiles() {
    return replacedBy.size();
  }

  /** Whether any topic was created again. */
  boolean isAnyRecreated() {
    return !recreatedTopics.isEmpty();
  }

  /** The furthest end of a partition in any committed batch; null for none. */
  Long highest(TopicPartition partition) {
    return highest.get(partition);
  }

  /** The first offset that batches take of a partition. */
  OptionalLong begin(TopicPartition partition) {
    Long begin = begins.get(partition);
    return begin == null ? OptionalLong.empty() : OptionalLong.of(begin);
  }

  /** Whether the record was lost before it was read, according to batches. */
  boolean isLost(TopicPartition partition, long offset) {
    return lost.getOrDefault(partition, List.of()).stream()
        .anyMatch(range -> range.from() <= offset && offset < range.to());
  }
}
