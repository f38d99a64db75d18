package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.sink.batch.OffsetReset;
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
 * Makes proposals into plans and creates them: checks the tables, leaves out what does not fit,
 * closes windows, checks the tables that their rows go to, creates. Invariant B: whoever creates
 * the plan has decided the batch.
 */
final class Decisions {

  private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

  private final CheckpointLocation checkpoint;
  private final BatchCommit commit;
  private final WindowCloser closer;
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
      String writer,
      int task) {
    this.checkpoint = checkpoint;
    this.commit = commit;
    this.closer = closer;
    this.writer = writer;
    this.task = task;
  }

  /** What came of an attempt to decide. */
  sealed interface Decided {

    /**
     * The plan stands, and is this driver's to carry out.
     *
     * @param planMs how long it took to make it
     * @param fresh whether this attempt created it, so that no other driver can have carried it out
     */
    record Ours(Batch plan, long planMs, boolean fresh) implements Decided {}

    /** Another driver was first. */
    record Theirs(Batch plan) implements Decided {}

    /** Nothing was decided: other drivers have continued since the logs were read. */
    record Outdated() implements Decided {}

    /** Nothing was decided: segments do not fit, and have to be left out. */
    record Unfit(UnfitSegments segments) implements Decided {}

    /** Nothing was decided: a table lacks what earlier batches wrote. */
    record Lacking(Survey.Lacking table) implements Decided {}
  }

  /** Another driver was at work: the next decision looks at all tables first. */
  void forget() {
    surveyed = false;
  }

  /** From now on asks this, too. */
  void add(PlanCheck check) {
    checks.add(check);
  }

  /**
   * Decides a batch, or finds it decided.
   *
   * @param limits where it has to end, if Spark has planned it
   */
  Decided decide(Proposal proposal, Limits limits, long nowMs) throws IOException {
    long startNanos = System.nanoTime();
    Batch outline = proposal.outline();
    Optional<Decided> obstacle = obstacle(proposal, outline, limits);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    UnfitSegments unfit = commit.unfit(outline, proposal.accepted(), task, nowMs);
    if (!unfit.isEmpty()) {
      // Other drivers may have left these segments out, and deleted their files.
      return isRetired(proposal.number()) || checkpoint.batches().exists(proposal.number())
          ? new Decided.Outdated()
          : new Decided.Unfit(unfit);
    }
    Optional<Batch> completed = completed(proposal);
    if (completed.isEmpty()) {
      return new Decided.Outdated();
    }
    Batch plan = completed.get();
    long planMs = (System.nanoTime() - startNanos) / 1_000_000;
    if (!plan.results().isEmpty()) {
      obstacle = obstacle(proposal, plan, limits);
      if (obstacle.isPresent()) {
        closer.lost(plan);
        return obstacle.get();
      }
    }
    return create(proposal.committed(), plan, planMs);
  }

  /**
   * What keeps the batch from being decided: a table that is not what the plans say (invariant H).
   */
  private Optional<Decided> obstacle(Proposal proposal, Batch plan, Limits limits)
      throws IOException {
    Survey survey = commit.survey(proposal.committed(), plan, !surveyed, limits);
    if (survey instanceof Survey.Overtaken) {
      return Optional.of(new Decided.Outdated());
    }
    if (survey instanceof Survey.Lacking lacking && proposal.reset().isEmpty()) {
      return Optional.of(new Decided.Lacking(lacking));
    }
    surveyed = survey instanceof Survey.InOrder;
    return Optional.empty();
  }

  /** The plan with windows closed and the frontier reset; empty when it was made too late. */
  private Optional<Batch> completed(Proposal proposal) throws IOException {
    Optional<OffsetReset> reset = proposal.reset();
    try {
      Batch plan =
          reset.flatMap(OffsetReset::operators).isPresent()
              ? proposal.outline()
              : closer.complete(
                  proposal.committed(),
                  proposal.outline(),
                  proposal.segments(),
                  proposal.isReady());
      return Optional.of(reset.isPresent() ? reset.get().applied(plan) : plan);
    } catch (RunMissingException e) {
      // Removed with old batches while this driver was asleep, unless no other driver has
      // continued.
      if (isRetired(proposal.number())) {
        return Optional.empty();
      }
      throw WindowErrors.runMissing(e.getMessage(), proposal.number(), e);
    }
  }

  private Decided create(Batch committed, Batch plan, long planMs) throws IOException {
    for (PlanCheck check : checks) {
      check.require(committed, plan);
    }
    if (!checkpoint.batches().create(plan.number(), plan)) {
      Optional<Batch> planned = checkpoint.batches().read(plan.number());
      if (planned.isEmpty()) {
        return new Decided.Outdated();
      }
      if (!planned.get().equals(plan)) {
        closer.lost(plan);
      }
      // An earlier attempt of ours whose answer came late is ours to finish.
      return planned.get().writer().equals(writer)
          ? new Decided.Ours(planned.get(), planMs, false)
          : new Decided.Theirs(planned.get());
    }
    if (isRetired(plan.number())) {
      LOG.warn(
          "Starting over: this driver was paused while other drivers committed past batch {}",
          plan.number());
      return new Decided.Outdated();
    }
    return new Decided.Ours(plan, planMs, true);
  }

  /**
   * Whether the entry that was just created had been there before and was removed with old batches.
   * A plan made from a picture that old must not be carried out.
   */
  private boolean isRetired(long number) throws IOException {
    return !checkpoint.commits().isNewest(number - 1);
  }
}
