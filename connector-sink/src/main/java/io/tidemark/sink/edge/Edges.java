package io.tidemark.sink.edge;

import io.tidemark.checkpoint.TidemarkException;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.sink.batch.FrontierMove;
import io.tidemark.sink.recovery.ResumePlan;
import io.tidemark.sink.segment.OffsetRegression;
import io.tidemark.sink.segment.PartitionProgress;
import io.tidemark.sink.segment.ProtocolErrors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches where the logs of a task's partitions begin and end: where to begin in them, whether
 * records were deleted before they were read, whether a log still is the one that was read. Used by
 * the task thread alone.
 */
public final class Edges {

  private static final Logger LOG = LoggerFactory.getLogger(Edges.class);

  /** Kafka is asked about gaps no more often, where a gap does no harm until the next cut. */
  private static final long PAUSE_MS = 1_000;

  /** Between two cuts that Kafka gives no answer about. */
  private static final long CUT_PAUSE_MS = 5_000;

  /** Longer where it gave no answer: each such question takes the client's whole time-out. */
  private static final long UNANSWERED_PAUSE_MS = 30_000;

  /**
   * Goes with every offset that is committed to the consumer group. Connect skips a commit of what
   * it believes to be committed, and after a seek it believes that of the offset it sought: without
   * this mark a group that lags behind the frontier when a task resumes would do so until the next
   * record. It also tells the connector's own offsets from others.
   */
  public static final String COMMITTED = "tidemark";

  /** What a consumer has fetched of a partition it hands out within this time. */
  private static final long STILL_MS = 5_000;

  private static final long NO_TURN = -2;

  /**
   * A partition whose due offset is gone, and that stands still; with the time of the first look.
   */
  private record Suspect(long position, long sinceMs) {}

  private final Optional<Broker> broker;
  private final EdgePolicy policy;
  private final String location;

  /** Null without a broker. */
  private final TopicIds topics;

  /** Null without a broker. */
  private final RetentionAdvice advice;

  private final EdgeFigures figures;
  private final Map<TopicPartition, Suspect> suspects = new HashMap<>();
  private long lookMs;

  /** No cut is tried before, since Kafka gave no answer about the last one. */
  private long cutAgainMs;

  /**
   * @param broker empty to see nothing of all this
   * @param location of the checkpoint, for messages
   */
  public Edges(
      Optional<? extends Broker> broker, EdgePolicy policy, String location, EdgeFigures figures) {
    this.broker = broker.map(Broker.class::cast);
    this.policy = policy;
    this.location = location;
    this.topics = broker.isPresent() ? new TopicIds(this.broker.get(), policy, location) : null;
    this.advice = broker.isPresent() ? new RetentionAdvice(this.broker.get(), figures) : null;
    this.figures = figures;
  }

  /** Sees nothing: partitions begin where the consumer stands, and gaps are of no interest. */
  public static Edges unseen() {
    return new Edges(
        Optional.empty(),
        new EdgePolicy(new StartingOffsets.Committed(), false, false, true),
        "nowhere",
        new EdgeFigures());
  }

  /**
   * What {@code open} has to know of its partitions.
   *
   * @param starts where to begin, also in partitions of other tasks: see {@link Starts}
   * @param lost what is gone in front of the records to read next
   * @param moves what a batch has to do first, since topics were created again; then nothing of the
   *     rest counts
   * @param failure what the task has to fail with, if the plan still holds
   */
  public record Opening(
      Map<TopicPartition, Long> starts,
      SortedMap<TopicPartition, OffsetRange> lost,
      List<FrontierMove> moves,
      Optional<TidemarkException> failure) {

    static final Opening NOTHING =
        new Opening(Map.of(), new TreeMap<>(Offsets.ORDER), List.of(), Optional.empty());

    /** Whether it holds only if the plan did when Kafka answered: others may have gone on. */
    public boolean isDoubtful() {
      return !lost.isEmpty() || failure.isPresent();
    }
  }

  /**
   * Looks at partitions that are to be read from now on.
   *
   * @param plan where they continue
   * @param origins where to begin in partitions that the plan does not know, as far as resolved
   * @return empty when Kafka did not say where to begin
   * @throws TidemarkException when a topic is another one, and that is to fail the task
   */
  public Optional<Opening> open(
      Collection<TopicPartition> partitions, ResumePlan plan, Map<TopicPartition, Long> origins) {
    if (broker.isEmpty()) {
      return Optional.of(Opening.NOTHING);
    }
    suspects.keySet().removeAll(partitions);
    Set<String> changed = topics.look(partitions, plan);
    if (!changed.isEmpty()) {
      return topics
          .rebases(changed, plan)
          .map(
              moves ->
                  new Opening(Map.of(), new TreeMap<>(Offsets.ORDER), moves, Optional.empty()));
    }
    Map<TopicPartition, Long> due = new HashMap<>();
    List<TopicPartition> fresh = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      List<Long> cuts = plan.cutsOf(partition);
      if (!cuts.isEmpty()) {
        due.put(partition, cuts.get(cuts.size() - 1));
      } else if (origins.containsKey(partition)) {
        due.put(partition, origins.get(partition));
      } else {
        fresh.add(partition);
      }
    }
    Optional<Map<TopicPartition, Long>> starts =
        fresh.isEmpty()
            ? Optional.of(Map.of())
            : new Starts(broker.get(), policy).resolve(fresh, plan.cuts().keySet());
    if (starts.isEmpty()) {
      LOG.warn("Waiting for Kafka to tell where to begin in {}", fresh);
      return Optional.empty();
    }
    Optional<TopicPartition> truncated = truncated(due);
    if (truncated.isPresent() && topics.mayChange(List.of(truncated.get()))) {
      return Optional.empty();
    }
    SortedMap<TopicPartition, OffsetRange> lost = lost(due);
    warnOfForeignOffsets(due);
    return Optional.of(new Opening(starts.get(), lost, List.of(), failure(truncated, due, lost)));
  }

  private Optional<TidemarkException> failure(
      Optional<TopicPartition> truncated,
      Map<TopicPartition, Long> due,
      SortedMap<TopicPartition, OffsetRange> lost) {
    if (truncated.isPresent()) {
      TopicPartition partition = truncated.get();
      long end = broker.get().latest(List.of(partition)).getOrDefault(partition, 0L);
      return Optional.of(ProtocolErrors.truncated(partition, due.get(partition), end, location));
    }
    return lost.isEmpty() || !policy.failOnDataLoss()
        ? Optional.empty()
        : Optional.of(ProtocolErrors.dataLost(lost, location));
  }

  /**
   * Whoever moved the group's offset meant this connector, and has to learn that it was in vain.
   */
  private void warnOfForeignOffsets(Map<TopicPartition, Long> due) {
    if (due.isEmpty()) {
      return;
    }
    broker
        .get()
        .committed(due.keySet())
        .forEach(
            (partition, committed) -> {
              if (!COMMITTED.equals(committed.metadata())
                  && committed.offset() != due.get(partition)) {
                LOG.warn(
                    "The consumer group's offset of {} was set to {} by somebody else. That has no"
                        + " effect: the connector continues at {}, where its checkpoint location"
                        + " ends. To move it, stop it and use PATCH /connectors/<name>/offsets.",
                    partition,
                    committed.offset(),
                    due.get(partition));
              }
            });
  }

  /** A partition whose log ends below its position. */
  private Optional<TopicPartition> truncated(Map<TopicPartition, Long> due) {
    Map<TopicPartition, Long> ends = broker.get().latest(topics.present(due.keySet()));
    return due.keySet().stream()
        .filter(partition -> ends.getOrDefault(partition, Long.MAX_VALUE) < due.get(partition))
        .min(Offsets.ORDER);
  }

  private SortedMap<TopicPartition, OffsetRange> lost(Map<TopicPartition, Long> due) {
    Map<TopicPartition, Long> earliest = broker.get().earliest(topics.present(due.keySet()));
    SortedMap<TopicPartition, OffsetRange> lost = new TreeMap<>(Offsets.ORDER);
    due.forEach(
        (partition, position) -> {
          Long first = earliest.get(partition);
          if (first != null && first > position) {
            lost.put(partition, new OffsetRange(position, first));
          }
        });
    return lost;
  }

  /** Whether {@link #open} tells where partitions begin; otherwise they do where they are read. */
  public boolean resolvesStarts() {
    return broker.isPresent() && !(policy.starting() instanceof StartingOffsets.Committed);
  }

  /** Whether it is time to ask about gaps before what came behind them is written. */
  public boolean isDue(long nowMs) {
    return broker.isPresent() && (!policy.resetsToEarliest() || nowMs - lookMs >= PAUSE_MS);
  }

  /**
   * Asks about gaps.
   *
   * @param gapped the partitions that have some
   * @param turn the {@code put} whose records are not written yet
   * @return whether to go back: something is lost, and opening the partitions again, by what the
   *     logs say by then, will tell what to do
   */
  public boolean isLost(Collection<PartitionProgress> gapped, long turn, long nowMs) {
    lookMs = nowMs;
    Map<TopicPartition, Long> earliest = broker.get().earliest(topics.present(partitions(gapped)));
    if (earliest.size() < gapped.size()) {
      lookMs += UNANSWERED_PAUSE_MS;
    }
    boolean back = false;
    for (PartitionProgress progress : gapped) {
      Long first = earliest.get(progress.partition());
      if (first == null) {
        // A consumer that jumps to the end may have passed what is still there.
        back |= !policy.resetsToEarliest();
      } else {
        back |= isLost(progress, first, turn);
      }
    }
    return back;
  }

  private boolean isLost(PartitionProgress progress, long earliest, long turn) {
    List<OffsetRange> lost = progress.lost(earliest);
    if (lost.isEmpty()) {
      progress.clearGaps();
      return false;
    }
    if (policy.failOnDataLoss() || progress.isUnwritten(lost.get(0).from(), turn)) {
      return true;
    }
    // What came behind is written: it stays, and the segment says what is missing in front of it.
    lost.forEach(range -> lose(progress, range));
    progress.clearGaps();
    return false;
  }

  /** Goes on without these offsets. */
  public void lose(PartitionProgress progress, OffsetRange lost) {
    LOG.warn(
        "Offsets {} of {} were deleted before they were read: going on without these {}, as"
            + " fail.on.data.loss=false says",
        lost,
        progress.partition(),
        lost.to() - lost.from());
    progress.lose(lost);
  }

  /**
   * What may be sealed.
   *
   * @param positions the runtime's positions, less those that lie behind something that is lost
   * @param sealable false when the topic became another one, or lies behind something that is lost
   * @param again whether partitions have to be opened again behind the cut, which will tell why
   */
  public record Cut(Map<TopicPartition, Long> positions, boolean sealable, boolean again) {}

  /**
   * Looks at all partitions before a cut.
   *
   * @param reading whether the task reads: one that does not may hold what the log has dropped
   * @return empty when Kafka does not answer, and there is something to ask about
   */
  public Optional<Cut> cut(
      Collection<PartitionProgress> owned,
      Map<TopicPartition, Long> positions,
      boolean reading,
      long nowMs) {
    if (broker.isEmpty()) {
      return Optional.of(new Cut(positions, true, false));
    }
    if (topics.haveChanged(partitions(owned))) {
      return Optional.of(new Cut(Map.of(), false, true));
    }
    if (nowMs < cutAgainMs) {
      return Optional.empty();
    }
    lookMs = nowMs;
    Map<TopicPartition, Long> earliest = broker.get().earliest(topics.present(partitions(owned)));
    Map<TopicPartition, Long> sealable = new HashMap<>(positions);
    boolean again = false;
    for (PartitionProgress progress : owned) {
      TopicPartition partition = progress.partition();
      OptionalLong position = progress.position();
      boolean dropped =
          position.isPresent() && positions.getOrDefault(partition, 0L) > position.getAsLong();
      Long first = earliest.get(partition);
      if (first == null) {
        if (topics.isAbsent(partition.topic())) {
          // Whatever it was that was passed: nobody can tell any more, and nothing will come.
          progress.clearGaps();
        } else if (dropped || progress.hasGaps()) {
          LOG.warn("Not sealing until Kafka tells where {} begins", partition);
          cutAgainMs = nowMs + CUT_PAUSE_MS;
          return Optional.empty();
        }
        continue;
      }
      if (isLost(progress, first, NO_TURN)) {
        return Optional.of(new Cut(Map.of(), false, true));
      }
      if (position.isPresent() && first > position.getAsLong()) {
        if (dropped) {
          sealable.remove(partition);
          again = true;
        } else {
          again |= reading && standsStill(partition, position.getAsLong(), nowMs);
        }
      }
    }
    return Optional.of(new Cut(sealable, true, again));
  }

  /** Whether a partition whose due offset is gone gets nothing that was fetched before. */
  private boolean standsStill(TopicPartition partition, long position, long nowMs) {
    Suspect suspect = suspects.get(partition);
    if (suspect == null || suspect.position() != position) {
      suspects.put(partition, new Suspect(position, nowMs));
      return false;
    }
    return nowMs - suspect.sinceMs() >= STILL_MS;
  }

  /**
   * A record came below the position: what that means for the task.
   *
   * @return what to fail with; empty when opening the partitions again will tell
   */
  public Optional<TidemarkException> regressed(OffsetRegression regression) {
    try {
      return broker.isPresent() && topics.mayChange(List.of(regression.partition()))
          ? Optional.empty()
          : Optional.of(ProtocolErrors.offsetRunsBackwards(regression, location));
    } catch (TidemarkException known) {
      return Optional.of(known);
    }
  }

  /** Looks once in a while whether records are about to expire unread. */
  public void advise(Collection<PartitionProgress> owned, long nowMs) {
    if (advice != null && advice.isDue(nowMs)) {
      try {
        advice.look(owned, nowMs);
      } catch (TidemarkException e) {
        // It is advice: what is lost in the end is seen all the same.
        LOG.warn("Cannot tell for how long records stay in Kafka, again in an hour", e);
      }
    }
  }

  /** A segment is durable: what it says is lost counts as lost. */
  public void sealed(Segment segment) {
    segment
        .provenance()
        .lost()
        .values()
        .forEach(ranges -> ranges.forEach(range -> figures.lose(range.to() - range.from())));
  }

  /** The cluster and the topics of these partitions, as they were when they were opened. */
  public Origin origin(Collection<TopicPartition> partitions) {
    return broker.isEmpty() ? Origin.UNKNOWN : topics.origin(partitions);
  }

  private static List<TopicPartition> partitions(Collection<PartitionProgress> of) {
    return of.stream().map(PartitionProgress::partition).toList();
  }
}
