package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.sink.batch.BatchPlanner;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.segment.Limits;
import io.tidemark.sink.window.WindowCloser;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the tasks have sealed, as far as a driver has looked, and the outline of the batch that
 * takes it: all but the closing of windows. A segment is read once.
 */
final class SealedWork {

  /** Intervals between two lists of the sessions: an idle session can end another one, too. */
  private static final int INTERVALS_PER_LISTING = 5;

  private final CheckpointLocation checkpoint;
  private final BatchPlanner planner;
  private final WindowCloser closer;
  private final Readiness readiness;
  private final long intervalMs;
  private final int tasks;
  private final Map<SegmentId, Segment> segments = new HashMap<>();

  /** Those that their tables cannot take, until a batch has left them out. */
  private final Set<SegmentId> unfit = new HashSet<>();

  /** The sessions as last listed; null before. */
  private Set<SessionId> sessions;

  private long sessionsMs;

  /**
   * @param tasks number of tasks of the connector
   */
  SealedWork(
      CheckpointLocation checkpoint,
      BatchPlanner planner,
      WindowCloser closer,
      long intervalMs,
      int tasks) {
    this.checkpoint = checkpoint;
    this.planner = planner;
    this.closer = closer;
    this.readiness = new Readiness(tasks, intervalMs);
    this.intervalMs = intervalMs;
    this.tasks = tasks;
  }

  /** The segments that were read and not decided since. */
  Map<SegmentId, Segment> segments() {
    return segments;
  }

  /**
   * Looks at what is sealed, and outlines the batch after a committed one.
   *
   * @param asked whether there has to be a batch, whatever is sealed
   * @param limits where it has to end, if Spark has planned it
   * @return empty when there is nothing to decide
   */
  Optional<Batch> outline(Batch committed, boolean asked, Limits limits, long nowMs)
      throws IOException {
    if (sessions == null || nowMs - sessionsMs >= intervalMs * INTERVALS_PER_LISTING) {
      sessions = checkpoint.sessions().sessions();
      sessionsMs = nowMs;
    }
    // Known before the listing: whatever a session that is over has sealed in order, the listing
    // has.
    Set<SessionId> over = BatchPlanner.over(sessions, tasks);
    Set<SegmentId> listed = checkpoint.segments().ids();
    segments.keySet().retainAll(listed);
    Set<SegmentId> decided = committed.decided();
    for (SegmentId id : listed) {
      if (!decided.contains(id) && !segments.containsKey(id)) {
        checkpoint.segments().readListed(id).ifPresent(segment -> segments.put(id, segment));
      }
    }
    segments.keySet().removeAll(decided);
    if (segments.keySet().stream().anyMatch(id -> !sessions.contains(id.session()))) {
      sessions = checkpoint.sessions().sessions();
    }
    boolean due = asked || (closer.awaitsWatermark(committed) && isReady(committed, nowMs));
    return planner.next(
        committed,
        new BatchPlanner.Observed(listed, segments.values(), sessions, over, unfit),
        due,
        limits,
        nowMs);
  }

  /** The outline of a batch that takes nothing. */
  Batch nothing(Batch committed, Limits limits, long nowMs) throws IOException {
    return planner
        .next(
            committed,
            new BatchPlanner.Observed(
                checkpoint.segments().ids(),
                List.of(),
                checkpoint.sessions().sessions(),
                Set.of(),
                Set.of()),
            true,
            limits,
            nowMs)
        .orElseThrow();
  }

  /** Whether windows may have a watermark after this batch. */
  private boolean isReady(Batch plan, long nowMs) {
    return readiness.of(plan, sessions, nowMs);
  }

  /**
   * An outline, with what is needed to make it into a plan. Without a look at what is sealed no
   * window gets a watermark.
   */
  Proposal proposal(Batch committed, Batch outline, Optional<OffsetReset> reset, long nowMs) {
    boolean isReady = sessions != null && isReady(outline, nowMs);
    return new Proposal(committed, outline, segments, isReady, reset);
  }

  /** From now on leaves these segments out, and rejects them. */
  void leaveOut(Set<SegmentId> ids) {
    unfit.addAll(ids);
  }

  /** Lists the sessions again when it looks next. */
  void forgetSessions() {
    sessions = null;
  }

  /** These are not registered any more. */
  void forgetSessions(Set<SessionId> forgotten) {
    if (sessions != null) {
      sessions.removeAll(forgotten);
    }
  }

  /** The batch is committed. */
  void committed(Batch batch) {
    segments.keySet().removeAll(batch.decided());
    // A table may have changed back, or changed again.
    unfit.clear();
  }
}
