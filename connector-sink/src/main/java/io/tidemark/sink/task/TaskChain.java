package io.tidemark.sink.task;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.sink.recovery.ResumePlan;
import io.tidemark.sink.segment.Limits;
import io.tidemark.sink.segment.PartitionProgress;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * What lies between the committed frontier and the position of a task: per owned partition the cuts
 * of sealed segments and what was read after them, and the segments that all this builds on.
 */
final class TaskChain {

  private final Map<TopicPartition, PartitionProgress> owned = new HashMap<>();

  /** Own segments that no batch has decided about. */
  private final Set<SegmentId> uncommitted = new HashSet<>();

  /** Segments of others that the own ones continue. */
  private final Set<SegmentId> inherited = new HashSet<>();

  private SessionId session;
  private Batch lastBatch = Batch.NONE;

  /** The last batch that was decided when the session began. */
  private long after;

  /** That batch, if it was not committed by then: this chain builds on what it takes. */
  private Optional<Batch> planned = Optional.empty();

  /** A later batch has reset the frontier: nothing of this chain is accepted any more. */
  private boolean reset;

  /** Where it was reset: what this chain knows of offsets there means nothing now. */
  private final Set<TopicPartition> resetEnds = new HashSet<>();

  /** It was reset, and where was not heard of. */
  private boolean resetUnheard;

  /** Begins with nothing, in a session of its own. */
  void begin(SessionId newSession, ResumePlan plan) {
    owned.clear();
    uncommitted.clear();
    inherited.clear();
    session = newSession;
    lastBatch = plan.committed();
    after = plan.after();
    planned = plan.planned();
    reset = false;
    resetUnheard = false;
    resetEnds.clear();
  }

  /** Number of the last batch that was decided when the session began, -1 for none. */
  long after() {
    return after;
  }

  /** Takes partitions over where the plan says. */
  void take(Collection<TopicPartition> partitions, ResumePlan plan) {
    inherited.addAll(plan.chain());
    if (plan.planned().isPresent()) {
      planned = plan.planned();
    }
    for (TopicPartition partition : partitions) {
      owned.put(
          partition,
          new PartitionProgress(partition, plan.committed().number(), plan.cutsOf(partition)));
    }
  }

  void release(Collection<TopicPartition> partitions) {
    owned.keySet().removeAll(partitions);
  }

  boolean isEmpty() {
    return owned.isEmpty();
  }

  Set<TopicPartition> partitions() {
    return Set.copyOf(owned.keySet());
  }

  /** The progress of a partition, which must be owned. */
  PartitionProgress of(TopicPartition partition) {
    PartitionProgress progress = owned.get(partition);
    if (progress == null) {
      throw new IllegalStateException("records of " + partition + ", which this task does not own");
    }
    return progress;
  }

  /** The progress of all owned partitions. */
  Collection<PartitionProgress> all() {
    return owned.values();
  }

  /** The progress of partitions that passed offsets which nobody has asked about. */
  List<PartitionProgress> gapped() {
    return owned.values().stream().filter(PartitionProgress::hasGaps).toList();
  }

  /** Whether some partition has. */
  boolean hasGaps() {
    for (PartitionProgress progress : owned.values()) {
      if (progress.hasGaps()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a batch that was planned now would accept all that is sealed, here and by those whom
   * this chain continues.
   */
  boolean isIn(ResumePlan plan) {
    return plan.chain().containsAll(uncommitted) && plan.chain().containsAll(inherited);
  }

  /** The segment of this chain that waits for a batch and has the lowest name. */
  Optional<SegmentId> oldestWaiting() {
    return Stream.concat(uncommitted.stream(), inherited.stream()).min(Comparator.naturalOrder());
  }

  /**
   * Whether a segment that waits is in the checkpoint location no more, and was not decided either.
   * A plan that knows a later batch than this chain says nothing.
   */
  boolean hasLostSegment(ResumePlan plan) {
    if (plan.committed().number() != lastBatch.number()) {
      return false;
    }
    Set<SegmentId> known = new HashSet<>(plan.chain());
    plan.planned().ifPresent(batch -> known.addAll(batch.decided()));
    return !(known.containsAll(uncommitted) && known.containsAll(inherited));
  }

  /** Whether nothing is left to seal up to these limits. */
  boolean isSealedTo(Limits limits) {
    return owned.values().stream()
        .allMatch(
            progress -> limits.rest(progress.partition(), progress.start().orElse(0)).isEmpty());
  }

  /** Own segments that wait for a batch. */
  int waiting() {
    return uncommitted.size();
  }

  /** The timestamp of the oldest record that was read and is in no committed batch, if known. */
  OptionalLong oldestMs() {
    return owned.values().stream().flatMapToLong(progress -> progress.oldestMs().stream()).min();
  }

  /** Whether some partition within limits has no segment yet that pins its first position. */
  boolean isUnpinned(Limits limits) {
    return owned.values().stream()
        .anyMatch(progress -> progress.isUnpinned() && !limits.leaveOut(progress.partition()));
  }

  /** Where to read on in these partitions; without those of which nothing is known. */
  SortedMap<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    SortedMap<TopicPartition, Long> ends = new TreeMap<>(Offsets.ORDER);
    for (TopicPartition partition : partitions) {
      owned.get(partition).position().ifPresent(position -> ends.put(partition, position));
    }
    return ends;
  }

  /** Where to begin in each partition if no batch and no segment tells, the chain being void. */
  Map<TopicPartition, Long> origins() {
    Map<TopicPartition, Long> origins = new HashMap<>();
    if (resetUnheard) {
      return origins;
    }
    owned.forEach(
        (partition, progress) ->
            progress.origin().ifPresent(origin -> origins.put(partition, origin)));
    // Elsewhere nobody else may know where this task began.
    origins.keySet().removeAll(resetEnds);
    return origins;
  }

  /** The ranges that a cut at these positions would seal. */
  SortedMap<TopicPartition, OffsetRange> due(Map<TopicPartition, Long> positions) {
    SortedMap<TopicPartition, OffsetRange> ranges = new TreeMap<>(Offsets.ORDER);
    owned.forEach(
        (partition, progress) -> {
          Long position = positions.get(partition);
          progress
              .due(position == null ? OptionalLong.empty() : OptionalLong.of(position))
              .ifPresent(range -> ranges.put(partition, range));
        });
    return ranges;
  }

  /** What was gone before it was read, of these partitions. */
  SortedMap<TopicPartition, List<OffsetRange>> lost(Collection<TopicPartition> partitions) {
    SortedMap<TopicPartition, List<OffsetRange>> lost = new TreeMap<>(Offsets.ORDER);
    for (TopicPartition partition : partitions) {
      PartitionProgress progress = owned.get(partition);
      if (progress != null && !progress.lost().isEmpty()) {
        lost.put(partition, progress.lost());
      }
    }
    return lost;
  }

  /** Adds a range without records of a partition that the chain knows, unless it has one. */
  void hold(TopicPartition partition, SortedMap<TopicPartition, OffsetRange> ranges) {
    PartitionProgress progress = owned.get(partition);
    if (progress != null && !progress.isUnpinned()) {
      progress
          .start()
          .ifPresent(start -> ranges.putIfAbsent(partition, new OffsetRange(start, start)));
    }
  }

  void sealed(Segment segment) {
    segment
        .ranges()
        .forEach(
            (partition, range) -> {
              PartitionProgress progress = owned.get(partition);
              // Of a partition of another task it pins the start, and nothing else.
              if (progress != null) {
                progress.sealed(range);
              }
            });
    uncommitted.add(segment.id());
  }

  /**
   * Hears of a committed batch.
   *
   * @return why the chain can never be committed as it is; empty when all is well
   */
  Optional<String> follow(Batch batch) {
    if (batch.number() <= lastBatch.number()) {
      return Optional.empty();
    }
    Optional<String> broken =
        batch.number() == lastBatch.number() + 1
            ? broken(batch)
            : Optional.of(
                String.format(
                    Locale.ROOT,
                    "batch %d was seen after batch %d",
                    batch.number(),
                    lastBatch.number()));
    lastBatch = batch;
    if (broken.isEmpty()
        && planned
            .filter(plan -> plan.number() == batch.number() && !plan.equals(batch))
            .isPresent()) {
      broken = Optional.of("the plan of batch " + batch.number() + " was void");
    }
    if (broken.isEmpty() && session != null && batch.session(session).isFenced()) {
      broken =
          Optional.of(
              String.format(Locale.ROOT, "batch %d fenced session %s", batch.number(), session));
    }
    if (batch.continuity().resetBy() > after) {
      resetUnheard |= !reset && batch.continuity().resetBy() != batch.number();
      reset = true;
      resetEnds.addAll(batch.continuity().resets().ends().keySet());
    }
    if (broken.isEmpty() && reset) {
      broken =
          Optional.of(
              String.format(
                  Locale.ROOT,
                  "batch %d reset the frontier (%s)",
                  batch.continuity().resetBy(),
                  batch.continuity().resets().cause()));
    }
    uncommitted.removeAll(batch.accepted());
    inherited.removeAll(batch.accepted());
    return broken;
  }

  private Optional<String> broken(Batch batch) {
    Optional<SegmentId> lost =
        Stream.concat(batch.rejected().stream(), batch.settled().stream())
            .filter(id -> uncommitted.contains(id) || inherited.contains(id))
            .findFirst();
    if (lost.isPresent()) {
      return Optional.of(
          String.format(Locale.ROOT, "batch %d rejected segment %s", batch.number(), lost.get()));
    }
    for (Map.Entry<TopicPartition, PartitionProgress> entry : owned.entrySet()) {
      OptionalLong end = batch.frontier().end(entry.getKey());
      if (end.isPresent() && !entry.getValue().reached(batch.number(), end.getAsLong())) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "batch %d ended %s at %d, where no segment of this task's chain ends",
                batch.number(),
                entry.getKey(),
                end.getAsLong()));
      }
    }
    return Optional.empty();
  }

  /** Invariant F: of these positions what the tables have. */
  Map<TopicPartition, Long> safe(Map<TopicPartition, Long> positions) {
    Frontier frontier = lastBatch.frontier();
    Map<TopicPartition, Long> safe = new HashMap<>();
    positions.forEach(
        (partition, position) -> {
          OptionalLong end = frontier.end(partition);
          if (owned.containsKey(partition) && end.isPresent()) {
            safe.put(partition, Math.min(position, end.getAsLong()));
          }
        });
    return safe;
  }
}
