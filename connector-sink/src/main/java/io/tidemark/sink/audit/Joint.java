package io.tidemark.sink.audit;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.PastMove;
import io.tidemark.checkpoint.log.PastMoves;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * The place where two successive ranges of a topic-partition, as tables name them, should join
 * (invariant A).
 *
 * @param before the batch whose range ended last
 * @param end where it ended
 * @param batch the batch whose range comes next
 * @param from where that begins
 */
public record Joint(TopicPartition partition, long before, long end, long batch, long from) {

  /** The plans of batches that are committed. */
  @FunctionalInterface
  public interface Plans {

    /** The plan of a batch; empty when it is not retained, or cannot be read. */
    Optional<Batch> plan(long batch) throws IOException;
  }

  /**
   * Judges the joint. Plans are read only when the ranges do not join: batches between the two may
   * have had no rows for the table and written no version, or one may have moved the partition.
   *
   * @param named what the batch itself says of moves before it, so that no plan is needed to know
   */
  public Verdict judge(Plans plans, PastMoves named) throws IOException {
    if (end == from) {
      return Verdict.JOINS;
    }
    Verdict.Kind kind = from > end ? Verdict.Kind.GAP : Verdict.Kind.OVERLAP;
    Optional<Batch> last = plans.plan(batch - 1);
    Optional<PastMove> move =
        between(named).or(() -> last.flatMap(plan -> between(plan.lastMoves())));
    if (last.isEmpty() && move.isPresent()) {
      return behind(move.get(), kind);
    }
    if (last.isEmpty()) {
      return batch - 1 > before && kind == Verdict.Kind.GAP
          ? new Verdict(
              Verdict.Kind.UNPROVEN, between() + " wrote no version, their plans are gone")
          : new Verdict(kind, "no plan explains it");
    }
    OptionalLong planned = last.get().frontier().end(partition);
    Optional<Verdict> moved =
        move.isPresent() ? move.map(Joint::explained) : moved(plans, last.get());
    if (moved.isPresent() && (planned.isEmpty() || planned.getAsLong() == from)) {
      return moved.get();
    }
    if (planned.isEmpty() || planned.getAsLong() != from) {
      return new Verdict(kind, planned(batch - 1, planned));
    }
    Optional<Batch> first = plans.plan(before);
    if (first.isEmpty()) {
      return kind == Verdict.Kind.GAP
          ? new Verdict(Verdict.Kind.UNPROVEN, "the plan of batch " + before + " is gone")
          : new Verdict(kind, "no plan explains it");
    }
    OptionalLong reached = first.get().frontier().end(partition);
    if (reached.isEmpty() || reached.getAsLong() != end) {
      return new Verdict(kind, planned(before, reached));
    }
    return kind == Verdict.Kind.GAP
        ? new Verdict(Verdict.Kind.EXPLAINED, between() + " had no rows for a table")
        : new Verdict(kind, between() + " went back");
  }

  /** The move of the partition, if a batch from {@code before} on did it. */
  private Optional<PastMove> between(PastMoves moves) {
    return Optional.ofNullable(moves.ends().get(partition))
        .filter(move -> move.batch() >= before && move.batch() < batch);
  }

  /** No plan tells whether batches behind the move have passed offsets. */
  private Verdict behind(PastMove move, Verdict.Kind kind) {
    if (move.to().isEmpty() || move.to().getAsLong() == from) {
      return explained(move);
    }
    String moved = "batch " + move.batch() + " moved it to " + move.to().getAsLong();
    return from > move.to().getAsLong() && move.batch() < batch - 1
        ? new Verdict(
            Verdict.Kind.UNPROVEN,
            moved + ", the batches behind that wrote no version, and their plans are gone")
        : new Verdict(kind, moved);
  }

  private static Verdict explained(PastMove move) {
    return new Verdict(
        Verdict.Kind.EXPLAINED, "batch " + move.batch() + " moved it: " + move.cause());
  }

  /**
   * The last batch from {@code before} on that set the end of the partition, out of plans that do
   * not name earlier moves, as releases before wrote them.
   */
  private Optional<Verdict> moved(Plans plans, Batch last) throws IOException {
    long movedBy = last.continuity().movedBy();
    while (movedBy >= before && movedBy >= 0) {
      Optional<Batch> plan = plans.plan(movedBy);
      if (plan.isEmpty()) {
        return Optional.of(
            new Verdict(
                Verdict.Kind.UNPROVEN, "batch " + movedBy + " moved offsets, its plan is gone"));
      }
      if (plan.get().continuity().moves().ends().containsKey(partition)) {
        return between(plan.get().lastMoves()).map(Joint::explained);
      }
      Optional<Batch> earlier = plans.plan(movedBy - 1);
      movedBy = earlier.map(older -> older.continuity().movedBy()).orElse(-1L);
    }
    return Optional.empty();
  }

  private static String planned(long number, OptionalLong end) {
    return "batch "
        + number
        + " planned to end "
        + (end.isEmpty() ? "nowhere" : "at " + end.getAsLong());
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
