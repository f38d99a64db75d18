package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.sink.batch.FrontierMove;
import io.tidemark.sink.commit.BatchCommit;
import io.tidemark.sink.segment.Limits;
import io.tidemark.sink.window.WindowCloser;
import io.tidemark.windows.close.WindowErrors;
import io.tidemark.windows.run.RunMissingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes outlines into plans and creates them. Invariant B: whoever creates the plan has decided the
 * batch.
 */
final class Decisions {

  private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

  private final CheckpointLocation checkpoint;
  private final WindowCloser closer;
  private final SealedWork work;
  private final RestoredTables restoredTables;
  private final Turn turn;
  private final String writer;
  private final List<PlanCheck> checks = new ArrayList<>();

  /**
   * @param writer random hex, unique to this driver
   */
  Decisions(
      CheckpointLocation checkpoint,
      WindowCloser closer,
      SealedWork work,
      RestoredTables restoredTables,
      Turn turn,
      String writer) {
    this.checkpoint = checkpoint;
    this.closer = closer;
    this.work = work;
    this.restoredTables = restoredTables;
    this.turn = turn;
    this.writer = writer;
  }

  /** From now on asks this, too. */
  void add(PlanCheck check) {
    checks.add(check);
  }

  /**
   * Decides the batch behind a committed one, or finds it decided.
   *
   * @param move what the batch does to the frontier beside taking segments
   * @param limits where it has to end, if Spark has planned it
   * @return what the driver does now
   */
  State decide(
      Batch committed, Batch outline, Optional<FrontierMove> move, Limits limits, long nowMs)
      throws IOException {
    long startNanos = System.nanoTime();
    Optional<Batch> completed = completed(committed, outline, move, nowMs);
    if (completed.isEmpty()) {
      return new State.Starting();
    }
    Batch plan = completed.get();
    long planMs = (System.nanoTime() - startNanos) / 1_000_000;
    Optional<BatchCommit.Restored> restored =
        move.isPresent() ? Optional.empty() : restoredTables.among(committed, plan);
    if (restored.isPresent()) {
      closer.lost(plan);
      // At once, for this batch or not at all: behind a later one it would say something else.
      FrontierMove back = restoredTables.back(committed, restored.get(), limits);
      Batch nothing = work.nothing(committed, limits, nowMs);
      return decide(committed, nothing, Optional.of(back), limits, nowMs);
    }
    return create(committed, plan, planMs, nowMs);
  }

  /** The plan with windows closed and the frontier moved; empty when it was made too late. */
  private Optional<Batch> completed(
      Batch committed, Batch outline, Optional<FrontierMove> move, long nowMs) throws IOException {
    try {
      Batch plan =
          move.flatMap(FrontierMove::operators).isPresent()
              ? outline
              : closer.complete(committed, outline, work.segments(), work.isReady(outline, nowMs));
      return Optional.of(move.isPresent() ? move.get().applied(plan) : plan);
    } catch (RunMissingException e) {
      // Removed with old batches while this driver was asleep, unless nobody has gone on.
      if (isRetired(outline.number())) {
        return Optional.empty();
      }
      throw WindowErrors.runMissing(e.getMessage(), outline.number(), e);
    }
  }

  private State create(Batch committed, Batch plan, long planMs, long nowMs) throws IOException {
    for (PlanCheck check : checks) {
      check.require(committed, plan);
    }
    if (!checkpoint.batches().create(plan.number(), plan)) {
      turn.lose();
      Optional<Batch> planned = checkpoint.batches().read(plan.number());
      if (planned.isEmpty()) {
        return new State.Starting();
      }
      if (!planned.get().equals(plan)) {
        closer.lost(plan);
      }
      // An earlier attempt of ours whose answer came late is ours to finish.
      return planned.get().writer().equals(writer)
          ? new State.Finishing(planned.get(), planMs)
          : new State.Yielding(committed, planned.get(), nowMs);
    }
    if (isRetired(plan.number())) {
      LOG.warn(
          "This driver was asleep while other drivers went beyond batch {}: starting over",
          plan.number());
      turn.lose();
      return new State.Starting();
    }
    turn.take();
    return new State.Finishing(plan, planMs);
  }

  /**
   * Whether the entry that was just created had been there before and was removed with old batches.
   * A plan made from a picture that old must not be carried out.
   */
  private boolean isRetired(long number) throws IOException {
    return checkpoint.commits().latest().orElse(Batch.NONE.number()) != number - 1;
  }
}
