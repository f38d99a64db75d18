package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.sink.batch.FrontierMove;
import io.tidemark.sink.commit.BatchCommit;
import io.tidemark.sink.commit.Survey;
import io.tidemark.sink.commit.UnfitSegments;
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
  private final BatchCommit commit;
  private final WindowCloser closer;
  private final SealedWork work;
  private final Turn turn;
  private final String writer;
  private final int task;
  private final List<PlanCheck> checks = new ArrayList<>();

  /** Whether this driver has looked at all tables since it last had reason to. */
  private boolean surveyed;

  /**
   * @param writer random hex, unique to this driver
   * @param task number of the task that carries the driver
   */
  Decisions(
      CheckpointLocation checkpoint,
      BatchCommit commit,
      WindowCloser closer,
      SealedWork work,
      Turn turn,
      String writer,
      int task) {
    this.checkpoint = checkpoint;
    this.commit = commit;
    this.closer = closer;
    this.work = work;
    this.turn = turn;
    this.writer = writer;
    this.task = task;
  }

  /** Another driver was at work: the next decision looks at all tables first. */
  void forget() {
    surveyed = false;
  }

  /** What came of an attempt to decide. */
  sealed interface Decided {

    /** What the driver does now. */
    record Next(State state) implements Decided {}

    /** Nothing was decided: segments do not fit, and have to be left out. */
    record Unfit(UnfitSegments segments) implements Decided {}

    /** Nothing was decided: a table lacks what earlier batches wrote. */
    record Lacking(Survey.Lacking table) implements Decided {}
  }

  /** From now on asks this, too. */
  void add(PlanCheck check) {
    checks.add(check);
  }

  /**
   * Decides the batch after a committed one, or finds it decided.
   *
   * @param move what the batch does to the frontier beside taking segments
   * @param limits where it has to end, if Spark has planned it
   */
  Decided decide(
      Batch committed, Batch outline, Optional<FrontierMove> move, Limits limits, long nowMs)
      throws IOException {
    long startNanos = System.nanoTime();
    Optional<Decided> obstacle = obstacle(committed, outline, move, limits);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    UnfitSegments unfit = commit.unfit(outline, work.accepted(outline), task, nowMs);
    if (!unfit.isEmpty()) {
      // Other drivers may have left these segments out, and deleted their files.
      return isRetired(outline.number()) || checkpoint.batches().exists(outline.number())
          ? new Decided.Next(new State.Starting())
          : new Decided.Unfit(unfit);
    }
    Optional<Batch> completed = completed(committed, outline, move, nowMs);
    if (completed.isEmpty()) {
      return new Decided.Next(new State.Starting());
    }
    Batch plan = completed.get();
    long planMs = (System.nanoTime() - startNanos) / 1_000_000;
    if (!plan.results().isEmpty()) {
      obstacle = obstacle(committed, plan, move, limits);
      if (obstacle.isPresent()) {
        closer.lost(plan);
        return obstacle.get();
      }
    }
    return new Decided.Next(create(committed, plan, planMs, nowMs));
  }

  /**
   * What keeps the batch from being decided: a table that is not what the plans say (invariant H).
   */
  private Optional<Decided> obstacle(
      Batch committed, Batch plan, Optional<FrontierMove> move, Limits limits) throws IOException {
    Survey survey = commit.survey(committed, plan, !surveyed, limits);
    if (survey instanceof Survey.Overtaken) {
      turn.lose();
      return Optional.of(new Decided.Next(new State.Starting()));
    }
    if (survey instanceof Survey.Lacking lacking && move.isEmpty()) {
      return Optional.of(new Decided.Lacking(lacking));
    }
    surveyed = survey instanceof Survey.InOrder;
    return Optional.empty();
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
          ? new State.Finishing(planned.get(), planMs, false)
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
    return new State.Finishing(plan, planMs, true);
  }

  /**
   * Whether the entry that was just created had been there before and was removed with old batches.
   * A plan made from a picture that old must not be carried out.
   */
  private boolean isRetired(long number) throws IOException {
    return checkpoint.commits().latest().orElse(Batch.NONE.number()) != number - 1;
  }
}
