package io.tidemark.sink.audit;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.PastReset;
import io.tidemark.checkpoint.log.PastResets;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * The place where two successive ranges of a topic-partition, as tables name them, should join
 * (invariant A).
 *
 * @param before the batch whose range ended last
 * @param end the offset at which it ended
 * @param batch the batch whose range comes next
 * @param from the offset at which that range begins
 */
public record RangeJoin(TopicPartition partition, long before, long end, long batch, long from) {

  /** The plans of batches that are committed. */
  @FunctionalInterface
  public interface Plans {

    /** The plan of a batch; empty when it is not retained, or cannot be read. */
    Optional<Batch> plan(long batch) throws IOException;
  }

  /**
   * Judges the join. Plans are read only when the ranges do not join: batches between the two may
   * have had no rows for the table and written no version, or one may have reset the partition.
   *
   * @param named the earlier resets that the batch itself names, which need no plan
   */
  public Verdict judge(Plans plans, PastResets named) throws IOException {
    if (end == from) {
      return Verdict.JOINS;
    }
    Verdict.Kind kind = from > end ? Verdict.Kind.GAP : Verdict.Kind.OVERLAP;
    Optional<Batch> last = plans.plan(batch - 1);
    Optional<PastReset> reset =
        between(named).or(() -> last.flatMap(plan -> between(plan.lastResets())));
    if (last.isEmpty() && reset.isPresent()) {
      return after(reset.get(), kind);
    }
    if (last.isEmpty()) {
      return batch - 1 > before && kind == Verdict.Kind.GAP
          ? new Verdict(
              Verdict.Kind.UNPROVEN, between() + " wrote no version, and their plans were removed")
          : new Verdict(kind, "no plan explains this");
    }
    OptionalLong planned = last.get().frontier().end(partition);
    Optional<Verdict> explanation =
        reset.isPresent() ? reset.map(RangeJoin::explained) : reset(plans, last.get());
    if (explanation.isPresent() && (planned.isEmpty() || planned.getAsLong() == from)) {
      return explanation.get();
    }
    if (planned.isEmpty() || planned.getAsLong() != from) {
      return new Verdict(kind, planned(batch - 1, planned));
    }
    Optional<Batch> first = plans.plan(before);
    if (first.isEmpty()) {
      return kind == Verdict.Kind.GAP
          ? new Verdict(Verdict.Kind.UNPROVEN, "the plan of batch " + before + " was removed")
          : new Verdict(kind, "no plan explains this");
    }
    OptionalLong reached = first.get().frontier().end(partition);
    if (reached.isEmpty() || reached.getAsLong() != end) {
      return new Verdict(kind, planned(before, reached));
    }
    return kind == Verdict.Kind.GAP
        ? new Verdict(Verdict.Kind.EXPLAINED, between() + " had no rows for a table")
        : new Verdict(kind, between() + " began at an earlier offset again");
  }

  /** The reset of the partition, if a batch from {@code before} on did it. */
  private Optional<PastReset> between(PastResets resets) {
    return Optional.ofNullable(resets.ends().get(partition))
        .filter(reset -> reset.batch() >= before && reset.batch() < batch);
  }

  /** The verdict when no plan shows which offsets the batches after the reset committed. */
  private Verdict after(PastReset reset, Verdict.Kind kind) {
    if (reset.to().isEmpty() || reset.to().getAsLong() == from) {
      return explained(reset);
    }
    String what = "batch " + reset.batch() + " reset it to " + reset.to().getAsLong();
    return from > reset.to().getAsLong() && reset.batch() < batch - 1
        ? new Verdict(
            Verdict.Kind.UNPROVEN,
            what + ", the later batches wrote no version, and their plans were removed")
        : new Verdict(kind, what);
  }

  private static Verdict explained(PastReset reset) {
    return new Verdict(
        Verdict.Kind.EXPLAINED, "batch " + reset.batch() + " reset it: " + reset.cause());
  }

  /**
   * The last batch from {@code before} on that set the end of the partition, from plans that do not
   * name earlier resets.
   */
  private Optional<Verdict> reset(Plans plans, Batch last) throws IOException {
    long resetBy = last.continuity().resetBy();
    while (resetBy >= before && resetBy >= 0) {
      Optional<Batch> plan = plans.plan(resetBy);
      if (plan.isEmpty()) {
        return Optional.of(
            new Verdict(
                Verdict.Kind.UNPROVEN,
                "batch " + resetBy + " reset offsets, and its plan was removed"));
      }
      if (plan.get().continuity().resets().ends().containsKey(partition)) {
        return between(plan.get().lastResets()).map(RangeJoin::explained);
      }
      Optional<Batch> earlier = plans.plan(resetBy - 1);
      resetBy = earlier.map(older -> older.continuity().resetBy()).orElse(-1L);
    }
    return Optional.empty();
  }

  private static String planned(long number, OptionalLong end) {
    return "batch "
        + number
        + " was planned to end "
        + (end.isEmpty() ? "at no offset" : "at " + end.getAsLong());
  }

  private String between() {
    return batch - before == 2
        ? "batch " + (before + 1)
        : "batches " + (before + 1) + " to " + (batch - 1);
  }

  @Override
  public String toString() {
    return partition
        + ": batch "
        + before
        + " ended at "
        + end
        + ", batch "
        + batch
        + " begins at "
        + from;
  }
}
