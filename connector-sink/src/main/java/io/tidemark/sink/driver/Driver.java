package io.tidemark.sink.driver;

import io.tidemark.checkpoint.TidemarkException;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.delta.table.Table;
import io.tidemark.sink.batch.BatchPlanner;
import io.tidemark.sink.batch.FrontierMove;
import io.tidemark.sink.commit.BatchCommit;
import io.tidemark.sink.commit.Cleanup;
import io.tidemark.sink.recovery.OffsetRequests;
import io.tidemark.sink.recovery.Recovery;
import io.tidemark.sink.segment.Limits;
import io.tidemark.sink.segment.ProtocolErrors;
import io.tidemark.sink.window.WindowCloser;
import io.tidemark.windows.close.WindowErrors;
import io.tidemark.windows.run.RunMissingException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Composes batches and commits them, one {@link #step} at a time, without thread or clock of its
 * own. Every task carries one; by task number all but the first stay quiet until a batch is
 * overdue. Two that are at work at once are safe, merely wasteful: {@code batches/N} is created by
 * one, and what it decides is carried out once, by whomever.
 */
public final class Driver {

  private static final Logger LOG = LoggerFactory.getLogger(Driver.class);
  private static final long NEVER = Long.MAX_VALUE;
  private static final int LOOKS_PER_LISTING = 30;

  /** So often a driver learns of sessions that seal nothing: they may end others all the same. */
  private static final int INTERVALS_PER_LISTING = 5;

  /** What a driver is doing. */
  private sealed interface State {

    /** Reads the logs. */
    record Starting() implements State {}

    /**
     * Waits for segments behind a committed batch, or for another driver's commit.
     *
     * @param sinceMs when the batch was committed or seen
     * @param decidableMs when something to decide was first seen, {@link #NEVER} before
     */
    record Waiting(Batch committed, long sinceMs, long decidableMs) implements State {}

    /** Leaves a batch to the driver that planned it, for a while. */
    record Yielding(Batch committed, Batch planned, long sinceMs) implements State {}

    /** Carries a planned batch out. */
    record Finishing(Batch planned) implements State {}
  }

  private final CheckpointLocation checkpoint;
  private final Recovery recovery;
  private final BatchCommit commit;
  private final Cleanup cleanup;
  private final DriverTiming timing;
  private final int task;
  private final int tasks;
  private final String writer;
  private final BatchPlanner planner;
  private final Readiness readiness;
  private final WindowCloser closer;
  private final BatchListener listener;
  private final Map<SegmentId, Segment> segments = new HashMap<>();

  /** The sessions as last listed; null before. */
  private Set<SessionId> sessions;

  private long sessionsMs;

  /** The last batch that was seen committed; null before the first look. */
  private Batch last;

  /** Where the batch behind {@link #last} has to end, if Spark has planned it. */
  private Limits limits = Limits.NONE;

  private long planNanos;

  private State state = new State.Starting();

  /** True while the batches are ours: then there is no use in waiting for a lower task number. */
  private boolean acting;

  private int looks;

  private boolean rebasesRestoredTables;

  /** Requests that no batch has carried out yet. */
  private final Queue<FrontierMove> moves = new ConcurrentLinkedQueue<>();

  /** Whoever carries this driver is about to stop: what is sealed is committed without waiting. */
  private volatile boolean draining;

  /** While draining: nothing that is sealed can be committed. */
  private boolean drained;

  /**
   * @param task number of the task that carries this driver, from 0
   * @param tasks number of tasks of the connector
   * @param writer random hex, unique to this driver
   * @param listener hears of every committed batch that this driver saw, in order
   */
  public Driver(
      CheckpointLocation checkpoint,
      BatchCommit commit,
      Cleanup cleanup,
      WindowCloser closer,
      DriverTiming timing,
      int task,
      int tasks,
      String writer,
      BatchListener listener) {
    this.checkpoint = checkpoint;
    this.recovery = new Recovery(checkpoint);
    this.commit = commit;
    this.cleanup = cleanup;
    this.closer = closer;
    this.timing = timing;
    this.task = task;
    this.tasks = tasks;
    this.writer = writer;
    this.planner = new BatchPlanner(writer, cleanup.retainedBatches());
    this.listener = listener;
    this.readiness = new Readiness(tasks, timing.intervalMs());
  }

  /** Returns by itself to the batch that the table was restored to. */
  public void rebaseRestoredTables() {
    rebasesRestoredTables = true;
  }

  /** Asks for a batch that moves the frontier; the next step composes it. From any thread. */
  public void move(FrontierMove move) {
    if (moves.stream().noneMatch(asked -> asked.id().equals(move.id()))) {
      moves.add(move);
    }
  }

  /** Whether all that was asked for is in a committed batch. */
  public boolean hasMoved() {
    return moves.isEmpty();
  }

  /** From now on commits what is sealed at once, until it {@link #isDrained}. */
  void drain() {
    draining = true;
  }

  /** Whether a step since {@link #drain} has found nothing to commit. */
  boolean isDrained() {
    return drained;
  }

  /**
   * Takes the next step.
   *
   * @return when the next step is worth taking, epoch milliseconds
   * @throws IOException when a step's outcome is unknown; the same step may be taken again
   */
  public long step(long nowMs) throws IOException {
    if (state instanceof State.Starting) {
      return recover(nowMs);
    }
    if (state instanceof State.Waiting waiting) {
      return compose(waiting, nowMs);
    }
    if (state instanceof State.Yielding yielding) {
      return giveWay(yielding, nowMs);
    }
    return carryOut(((State.Finishing) state).planned(), nowMs);
  }

  private long recover(long nowMs) throws IOException {
    Recovery.Position position = recovery.position();
    sessions = null;
    Batch seen = last;
    last = position.committed();
    limits = position.limits();
    if (!limits.isNone()) {
      LOG.info("Batch {} was planned by Spark and ends at {}", limits.batch(), limits.ends());
    }
    forgetMoves(last, seen != null && seen.number() != last.number());
    listener.committed(last);
    state =
        position
            .planned()
            .<State>map(planned -> new State.Yielding(position.committed(), planned, nowMs))
            .orElseGet(() -> new State.Waiting(position.committed(), nowMs, NEVER));
    return nowMs;
  }

  private long compose(State.Waiting waiting, long nowMs) throws IOException {
    long number = waiting.committed().number() + 1;
    if (followed(number, nowMs)) {
      return nowMs;
    }
    FrontierMove move = moves.peek();
    if (move != null && limits.isNone()) {
      return compose(waiting.committed(), move, nowMs);
    }
    if (!draining && nowMs / timing.intervalMs() == waiting.sinceMs() / timing.intervalMs()) {
      long nextTick = (nowMs / timing.intervalMs() + 1) * timing.intervalMs();
      return Math.min(nextTick, nowMs + timing.pollMs());
    }
    Optional<Batch> plan = plan(waiting.committed(), false, nowMs);
    if (plan.isEmpty()) {
      drained = draining;
      state =
          isLeftBehind(waiting.committed())
              ? new State.Starting()
              : new State.Waiting(waiting.committed(), waiting.sinceMs(), NEVER);
      return nowMs + timing.pollMs();
    }
    long decidableMs = Math.min(waiting.decidableMs(), nowMs);
    long composeMs = composeMs(plan.get(), decidableMs);
    if (!draining && nowMs < composeMs) {
      state = new State.Waiting(waiting.committed(), waiting.sinceMs(), decidableMs);
      return Math.min(composeMs, nowMs + timing.pollMs());
    }
    state = decide(waiting.committed(), plan.get(), null, nowMs);
    return nowMs;
  }

  /**
   * A batch that moves the frontier waits for nothing, but takes what is sealed; unless it replaces
   * the operators' states, to which nothing may be added then.
   */
  private long compose(Batch committed, FrontierMove move, long nowMs) throws IOException {
    Batch plan =
        move.operators().isEmpty()
            ? plan(committed, true, nowMs).orElseThrow()
            : emptyPlan(committed, nowMs);
    state = decide(committed, plan, move, nowMs);
    return nowMs;
  }

  /** A batch that takes nothing. */
  private Batch emptyPlan(Batch committed, long nowMs) throws IOException {
    return planner
        .next(
            committed,
            new BatchPlanner.Sight(
                checkpoint.segments().ids(), List.of(), checkpoint.sessions().sessions(), Set.of()),
            true,
            limits,
            nowMs)
        .orElseThrow();
  }

  private long composeMs(Batch plan, long decidableMs) {
    if (!acting && task > 0) {
      return decidableMs + timing.gatherMs() + task * timing.staggerMs();
    }
    Set<Integer> sealed = new HashSet<>();
    plan.accepted().forEach(id -> sealed.add(id.task()));
    return sealed.size() >= tasks ? decidableMs : decidableMs + timing.gatherMs();
  }

  private Optional<Batch> plan(Batch committed, boolean asked, long nowMs) throws IOException {
    if (sessions == null || nowMs - sessionsMs >= timing.intervalMs() * INTERVALS_PER_LISTING) {
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
        checkpoint.segments().read(id).ifPresent(segment -> segments.put(id, segment));
      }
    }
    segments.keySet().removeAll(decided);
    if (segments.keySet().stream().anyMatch(id -> !sessions.contains(id.session()))) {
      sessions = checkpoint.sessions().sessions();
    }
    boolean due =
        asked || (closer.awaitsWatermark(committed) && readiness.of(committed, sessions, nowMs));
    return planner.next(
        committed,
        new BatchPlanner.Sight(listed, segments.values(), sessions, over),
        due,
        limits,
        nowMs);
  }

  /**
   * Whether the other drivers went on for so long that even the commit after {@code committed} was
   * removed with old batches. Looked up once in a while only.
   */
  private boolean isLeftBehind(Batch committed) throws IOException {
    looks = (looks + 1) % LOOKS_PER_LISTING;
    if (looks != 0) {
      return false;
    }
    return checkpoint.commits().latest().orElse(Batch.NONE.number()) > committed.number();
  }

  /** Invariant B: whoever creates the plan has decided the batch. */
  private State decide(Batch committed, Batch outline, FrontierMove move, long nowMs)
      throws IOException {
    Batch plan;
    long startNanos = System.nanoTime();
    try {
      plan =
          move != null && move.operators().isPresent()
              ? outline
              : closer.complete(
                  committed, outline, segments, readiness.of(outline, sessions, nowMs));
      if (move != null) {
        plan = move.applied(plan);
      }
    } catch (RunMissingException e) {
      // Removed with old batches while this driver was asleep, unless nobody has gone on.
      if (isRetired(outline.number())) {
        return new State.Starting();
      }
      throw WindowErrors.runMissing(e.getMessage(), outline.number(), e);
    }
    planNanos = System.nanoTime() - startNanos;
    Optional<BatchCommit.Restored> restored =
        move == null ? commit.restored(committed, plan) : Optional.empty();
    if (restored.isPresent()) {
      closer.lost(plan);
      // At once, for this batch or not at all: behind a later one it would say something else.
      FrontierMove back = back(committed, restored.get());
      return decide(committed, emptyPlan(committed, nowMs), back, nowMs);
    }
    if (!checkpoint.batches().create(plan.number(), plan)) {
      acting = false;
      Optional<Batch> planned = checkpoint.batches().read(plan.number());
      if (planned.isEmpty()) {
        return new State.Starting();
      }
      if (!planned.get().equals(plan)) {
        closer.lost(plan);
      }
      // An earlier attempt of ours whose answer came late is ours to finish.
      return planned.get().writer().equals(writer)
          ? new State.Finishing(planned.get())
          : new State.Yielding(committed, planned.get(), nowMs);
    }
    if (isRetired(plan.number())) {
      LOG.warn(
          "This driver was asleep while other drivers went beyond batch {}: starting over",
          plan.number());
      acting = false;
      return new State.Starting();
    }
    acting = true;
    return new State.Finishing(plan);
  }

  /** Back to what the table has, if that is wanted and the logs can say all of it. */
  private FrontierMove back(Batch committed, BatchCommit.Restored restored) throws IOException {
    // A batch that Spark planned can only be carried out as it is.
    boolean possible =
        restored.last().isPresent() && committed.tables().size() == 1 && limits.isNone();
    if (!rebasesRestoredTables || !possible) {
      throw restored(committed, restored);
    }
    long last = restored.last().getAsLong();
    FrontierMove back =
        new OffsetRequests(checkpoint)
            .returnTo(
                "restored-%d-%d".formatted(committed.number(), last),
                "%s was restored to batch %d".formatted(restored.location(), last),
                last);
    if (back.ends().values().stream().anyMatch(OptionalLong::isEmpty)) {
      // Where partitions began that were first read behind that batch, nobody knows any more.
      throw restored(committed, restored);
    }
    LOG.warn(
        "{} was restored to batch {}, though batch {} went to it: returning there, as"
            + " on.table.restored=rebase says",
        restored.location(),
        last,
        restored.expected());
    return back;
  }

  private TidemarkException restored(Batch committed, BatchCommit.Restored restored) {
    return ProtocolErrors.tableRestored(
        restored.location(),
        restored.last(),
        restored.expected(),
        committed.number(),
        checkpoint.location());
  }

  /**
   * Whether the entry that was just created had been there before and was removed with old batches.
   * A plan made from a picture that old must not be carried out.
   */
  private boolean isRetired(long number) throws IOException {
    return checkpoint.commits().latest().orElse(Batch.NONE.number()) != number - 1;
  }

  private long giveWay(State.Yielding yielding, long nowMs) throws IOException {
    if (followed(yielding.planned().number(), nowMs)) {
      return nowMs;
    }
    long overdueMs = yielding.sinceMs() + timing.takeoverMs() + task * timing.staggerMs();
    if (nowMs >= overdueMs) {
      if (checkpoint.batches().read(yielding.planned().number()).isEmpty()) {
        // Finished by another driver, and removed with old batches, while this one was asleep.
        state = new State.Starting();
        return nowMs;
      }
      LOG.info("Finishing batch {}, which another driver planned", yielding.planned().number());
      state = new State.Finishing(yielding.planned());
      return nowMs;
    }
    return Math.min(overdueMs, nowMs + timing.pollMs());
  }

  private long carryOut(Batch planned, long nowMs) throws IOException {
    Batch before = last;
    if (!acting && !draining && moves.isEmpty()) {
      // It is decided, and not by this driver: going back would leave its rows, too.
      Optional<BatchCommit.Restored> restored = commit.restored(before, planned);
      if (restored.isPresent()) {
        throw restored(before, restored.get());
      }
    }
    long inputRows = Progress.inputRows(planned, before, segments);
    long outputRows = Progress.outputRows(planned, segments);
    long startNanos = System.nanoTime();
    commit.finish(planned, segments);
    long commitNanos = System.nanoTime() - startNanos;
    committed(planned, nowMs);
    listener.progressed(
        new Progress(
            planned,
            before,
            inputRows,
            outputRows,
            planNanos / 1_000_000,
            commitNanos / 1_000_000,
            nowMs + commitNanos / 1_000_000));
    planNanos = 0;
    try {
      Set<SessionId> forgotten = cleanup.after(planned);
      if (sessions != null) {
        sessions.removeAll(forgotten);
      }
      for (Table table : commit.openedTables()) {
        table.maintain();
      }
      closer.compact(planned);
    } catch (IOException e) {
      LOG.warn("Cleaning up after batch {} failed, again after a later batch", planned.number(), e);
    }
    return nowMs;
  }

  /** Moves on if batch {@code number} was committed, by whomever. */
  private boolean followed(long number, long nowMs) throws IOException {
    if (!checkpoint.commits().exists(number)) {
      return false;
    }
    acting = false;
    Optional<Batch> batch = checkpoint.plan(number);
    if (batch.isPresent()) {
      committed(batch.get(), nowMs);
    } else {
      // Removed with old batches since, or Spark's; starting over tells.
      state = new State.Starting();
    }
    return true;
  }

  private void committed(Batch batch, long nowMs) {
    segments.keySet().removeAll(batch.decided());
    closer.committed(batch);
    last = batch;
    limits = Limits.NONE;
    forgetMoves(batch, batch.continuity().movedBy() == batch.number());
    listener.committed(batch);
    state = new State.Waiting(batch, nowMs, NEVER);
  }

  /**
   * Forgets what is done.
   *
   * @param stale whether what tasks ask for may have been seen behind an earlier move than the last
   *     one: they look behind that, and ask again
   */
  private void forgetMoves(Batch committed, boolean stale) {
    moves.removeIf(move -> move.isDoneBy(committed) || (stale && move.isRebase()));
  }
}
