package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.sink.batch.BatchPlanner;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.commit.BatchCommit;
import io.tidemark.sink.commit.Cleanup;
import io.tidemark.sink.commit.Rereading;
import io.tidemark.sink.commit.Terms;
import io.tidemark.sink.recovery.Recovery;
import io.tidemark.sink.segment.Limits;
import io.tidemark.sink.window.WindowCloser;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Composes batches and commits them, one {@link #step} at a time, without thread or clock of its
 * own. Every task carries one, see {@link DriverTurn}. Two that are at work at once are safe,
 * merely wasteful: {@code batches/N} is created by one, and what it decides is carried out once, by
 * whomever.
 */
public final class Driver {

  private static final Logger LOG = LoggerFactory.getLogger(Driver.class);

  /** Polls after which others may have removed the next commit with old batches. */
  private static final int POLLS_PER_PROOF = 30;

  private final CheckpointLocation checkpoint;
  private final Recovery recovery;
  private final DriverTiming timing;
  private final WindowCloser closer;
  private final BatchListener listener;
  private final ResetRequests requests = new ResetRequests();
  private final RestoredTables restoredTables;
  private final DriverTurn turn;
  private final SealedWork work;
  private final Decisions decisions;
  private final Execution execution;

  /** Whether segments may be left out, as long as nobody asks for other offsets anyway. */
  private Rereading rereading = new Rereading(Optional.empty(), true);

  private State state = new State.Starting();

  /** The last batch that was seen committed; null before the first look. */
  private Batch last;

  /** Where the batch after {@link #last} has to end, if Spark has planned it. */
  private Limits limits = Limits.NONE;

  /** The pause after a look that finds nothing. It grows until something is expected again. */
  private long restMs;

  /** When it was last known that no batch is missing after {@link #last}. */
  private long provenMs;

  /** Something was sealed, or may have been left by a task that is gone. */
  private volatile boolean woken;

  /** Something was sealed since the last look at what is sealed, or the one before it failed. */
  private boolean called;

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
    this.timing = timing;
    this.restMs = timing.pollMs();
    this.closer = closer;
    this.listener = listener;
    this.restoredTables = new RestoredTables(checkpoint);
    this.turn = new DriverTurn(timing, task, tasks);
    this.work =
        new SealedWork(
            checkpoint,
            new BatchPlanner(writer, cleanup.retainedBatches()),
            closer,
            timing.intervalMs(),
            tasks);
    this.decisions = new Decisions(checkpoint, commit, closer, writer, task);
    this.execution = new Execution(commit, cleanup, closer);
  }

  /** Returns by itself to the batch that the table was restored to. */
  public void rebaseRestoredTables() {
    restoredTables.rebase();
  }

  /** Asks Kafka before segments are left out that their tables cannot take. */
  public void reread(Rereading judge) {
    rereading = judge;
  }

  /** Asks this before every decision, beside what was added before. */
  public void check(PlanCheck check) {
    decisions.add(check);
  }

  /** Asks for a batch that resets the frontier; the next step composes it. From any thread. */
  public void reset(OffsetReset reset) {
    requests.add(reset);
  }

  /** Whether all that was asked for is in a committed batch. */
  public boolean hasReset() {
    return requests.isEmpty();
  }

  /**
   * Expects something to commit from now on: its task has sealed a segment, or has begun a session
   * and may have partitions of a task that is gone. From any thread.
   */
  public void wake() {
    woken = true;
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
    if (woken) {
      woken = false;
      called = true;
      restMs = timing.pollMs();
    }
    if (state instanceof State.Starting) {
      return recover(nowMs);
    }
    if (state instanceof State.Waiting waiting) {
      return compose(waiting, nowMs);
    }
    if (state instanceof State.Yielding yielding) {
      return giveWay(yielding, nowMs);
    }
    return carryOut((State.Finishing) state, nowMs);
  }

  private long recover(long nowMs) throws IOException {
    Recovery.Position position = recovery.position();
    work.forgetSessions();
    decisions.forget();
    last = position.committed();
    limits = position.limits();
    if (!limits.isNone()) {
      LOG.info("Batch {} was planned by Spark and ends at {}", limits.batch(), limits.ends());
    }
    requests.forget(last);
    listener.committed(last);
    provenMs = nowMs;
    state =
        position
            .planned()
            .<State>map(planned -> new State.Yielding(position.committed(), planned, nowMs))
            .orElseGet(() -> new State.Waiting(position.committed(), nowMs, State.NEVER));
    return nowMs;
  }

  private long compose(State.Waiting waiting, long nowMs) throws IOException {
    Batch committed = waiting.committed();
    Optional<OffsetReset> reset = requests.next();
    // The driver whose turn it is learns of another one when it creates its plan.
    boolean asks = !turn.isOurs() || draining || reset.isPresent();
    if (asks && followed(committed.number() + 1, nowMs)) {
      return nowMs;
    }
    if (reset.isPresent() && limits.isNone()) {
      Batch outline = outline(committed, reset.get(), nowMs);
      if (reset.get().isVoidFor(outline)) {
        // The task that asked looks again, after what has come in between.
        LOG.info("Offset reset {} no longer applies and is dropped", reset.get().id());
        requests.drop(reset.get());
      } else {
        decide(work.proposal(committed, outline, reset, nowMs), nowMs);
      }
      return nowMs;
    }
    if (!draining && nowMs / timing.intervalMs() == waiting.sinceMs() / timing.intervalMs()) {
      return Math.max(nextTick(nowMs), restMs > timing.pollMs() ? nowMs + restMs : 0);
    }
    boolean expected = waiting.expectedMs() != State.NEVER || called || draining;
    long expectedMs = Math.min(waiting.expectedMs(), nowMs);
    if (!expected && restMs == timing.pollMs()) {
      // At the first moment of an interval the tasks still seal.
      state = new State.Waiting(committed, waiting.sinceMs(), expectedMs);
      return nowMs + timing.gatherMs();
    }
    long lookMs = turn.lookMs(expectedMs);
    if (!draining && nowMs < lookMs) {
      state = new State.Waiting(committed, waiting.sinceMs(), expectedMs);
      return Math.min(lookMs, nowMs + restMs);
    }
    Optional<Batch> outline = work.outline(committed, false, limits, nowMs);
    called = false;
    if (outline.isEmpty()) {
      drained = draining;
      if (!asks && followed(committed.number() + 1, nowMs)) {
        return nowMs;
      }
      if (haveOthersContinued(committed, nowMs)) {
        state = new State.Starting();
        return nowMs;
      }
      state = new State.Waiting(committed, waiting.sinceMs(), State.NEVER);
      return rest(committed, nowMs);
    }
    Proposal proposal = work.proposal(committed, outline.get(), Optional.empty(), nowMs);
    long decideMs = turn.decideMs(proposal.accepted(), expectedMs, nowMs);
    if (!draining && nowMs < decideMs) {
      state = new State.Waiting(committed, waiting.sinceMs(), expectedMs);
      return Math.min(decideMs, nowMs + timing.pollMs());
    }
    decide(proposal, nowMs);
    return nowMs;
  }

  private void decide(Proposal wanted, long nowMs) throws IOException {
    Proposal proposal = wanted;
    Decisions.Decided decided = decisions.decide(proposal, limits, nowMs);
    if (decided instanceof Decisions.Decided.Lacking lacking) {
      // At once, for this batch or not at all: after a later one it would say something else.
      Batch committed = proposal.committed();
      OffsetReset back = restoredTables.back(committed, lacking.table(), limits);
      Batch nothing = work.nothing(committed, limits, nowMs);
      proposal = work.proposal(committed, nothing, Optional.of(back), nowMs);
      decided = decisions.decide(proposal, limits, nowMs);
    }
    if (decided instanceof Decisions.Decided.Ours ours) {
      turn.take();
      state = new State.Finishing(ours.plan(), ours.planMs(), ours.fresh());
    } else if (decided instanceof Decisions.Decided.Theirs theirs) {
      turn.lose();
      state = new State.Yielding(proposal.committed(), theirs.plan(), nowMs);
    } else if (decided instanceof Decisions.Decided.Unfit unfit) {
      (proposal.reset().isPresent() ? Rereading.unasked() : rereading)
          .require(unfit.segments(), proposal.number(), limits);
      // The next outline rejects them.
      work.leaveOut(unfit.segments().ids());
    } else {
      turn.lose();
      state = new State.Starting();
    }
  }

  /**
   * A batch that resets the frontier waits for nothing, but takes what is sealed; unless it
   * replaces the operators' states, to which nothing may be added then.
   */
  private Batch outline(Batch committed, OffsetReset reset, long nowMs) throws IOException {
    return reset.operators().isEmpty()
        ? work.outline(committed, true, limits, nowMs).orElseThrow()
        : work.nothing(committed, limits, nowMs);
  }

  /**
   * When to look again after a look that found nothing to decide: ever later, since what is sealed
   * wakes the driver. Only the passing of time gives windows their first watermark.
   */
  private long rest(Batch committed, long nowMs) {
    long nextMs = nowMs + restMs;
    long longestMs = closer.awaitsWatermark(committed) ? timing.intervalMs() : timing.idleMs();
    restMs = Math.max(timing.pollMs(), Math.min(2 * restMs, longestMs));
    return nextMs;
  }

  /**
   * Whether the other drivers continued for so long that even the commit after {@code committed}
   * was removed with old batches, and {@code committed} before it. Looked up once in a while only.
   */
  private boolean haveOthersContinued(Batch committed, long nowMs) throws IOException {
    if (nowMs - provenMs < POLLS_PER_PROOF * timing.pollMs()) {
      return false;
    }
    provenMs = nowMs;
    return committed.number() == Batch.NONE.number()
        ? checkpoint.commits().latest().isPresent()
        : !checkpoint.commits().exists(committed.number());
  }

  private long giveWay(State.Yielding yielding, long nowMs) throws IOException {
    long number = yielding.planned().number();
    if (followed(number, nowMs)) {
      return nowMs;
    }
    long takeoverMs = turn.takeoverMs(yielding.sinceMs());
    if (nowMs < takeoverMs) {
      return Math.min(takeoverMs, nowMs + timing.pollMs());
    }
    if (checkpoint.batches().read(number).isEmpty()) {
      // Finished by another driver, and removed with old batches, while this one was asleep.
      state = new State.Starting();
    } else {
      LOG.info("Finishing batch {}, which another driver planned", number);
      state = new State.Finishing(yielding.planned(), 0, false);
    }
    return nowMs;
  }

  private long carryOut(State.Finishing finishing, long nowMs) throws IOException {
    Batch planned = finishing.planned();
    boolean resets = !requests.isEmpty();
    Terms terms =
        new Terms(
            finishing.fresh(),
            resets,
            resets ? Rereading.unasked() : rereading,
            checkpoint.location(),
            nowMs);
    // Should this fail in the middle, another driver may continue with it meanwhile.
    state = new State.Finishing(planned, finishing.planMs(), false);
    Progress progress = execution.commit(planned, last, work.segments(), finishing.planMs(), terms);
    Batch done = progress.batch();
    committed(done, nowMs);
    listener.progressed(progress);
    work.forgetSessions(execution.cleanUp(done));
    return draining || !requests.isEmpty() ? nowMs : nextTick(nowMs);
  }

  /** Nobody commits before it, unless a task stops. */
  private long nextTick(long nowMs) {
    return (nowMs / timing.intervalMs() + 1) * timing.intervalMs();
  }

  /** Follows batch {@code number} if any driver has committed it. */
  private boolean followed(long number, long nowMs) throws IOException {
    if (!checkpoint.commits().exists(number)) {
      return false;
    }
    turn.lose();
    decisions.forget();
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
    work.committed(batch);
    closer.committed(batch);
    last = batch;
    limits = Limits.NONE;
    requests.forget(batch);
    listener.committed(batch);
    state = new State.Waiting(batch, nowMs, State.NEVER);
  }
}
