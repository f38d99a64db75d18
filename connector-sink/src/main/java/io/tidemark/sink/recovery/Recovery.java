package io.tidemark.sink.recovery;

import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.BatchOwner;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.sink.segment.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the logs as one consistent picture, while drivers and other tasks keep writing them. */
public final class Recovery {

  /** Far more attempts than drivers can disturb in a row; more failures mean damage. */
  static final int MAX_LOOKS = 100;

  private final CheckpointLocation checkpoint;

  public Recovery(CheckpointLocation checkpoint) {
    this.checkpoint = checkpoint;
  }

  /**
   * The last committed batch and the one that is planned after it, if any.
   *
   * @param committed {@link Batch#NONE} before the first batch
   * @param limits where the next batch has to end, if Spark has planned it and not finished it
   */
  public record Position(Batch committed, Optional<Batch> planned, Limits limits) {}

  /** Reads the position of the query. */
  public Position position() throws IOException {
    OptionalLong latest = OptionalLong.empty();
    for (int look = 0; look < MAX_LOOKS; look++) {
      latest = checkpoint.commits().latest();
      Optional<Position> position =
          latest.isEmpty() ? Optional.of(position(Batch.NONE)) : position(latest.getAsLong());
      // An old batch whose plan is being removed looks as if Spark had planned it, and what is
      // missing is no damage if it was removed with old batches while this one read.
      if (position.filter(Recovery::isOurs).isPresent()
          || checkpoint.commits().latest().equals(latest)) {
        long number = latest.orElse(Batch.NONE.number());
        return position.orElseThrow(
            () ->
                CheckpointErrors.missingEntry(
                    checkpoint.batches().file(number),
                    checkpoint.commits().file(number) + " exists"));
      }
    }
    throw CheckpointErrors.unsettled(
        checkpoint.location(), MAX_LOOKS, "the newest entry of commits/ was no longer " + latest);
  }

  private static boolean isOurs(Position position) {
    return position.limits().isNone() && !position.committed().isOfSpark();
  }

  private Optional<Position> position(long latest) throws IOException {
    Optional<Batch> committed = checkpoint.committedBatch(latest);
    return committed.isEmpty() ? Optional.empty() : Optional.of(position(committed.get()));
  }

  private Position position(Batch committed) throws IOException {
    long next = committed.number() + 1;
    BatchOwner owner = checkpoint.owner(next);
    return new Position(
        committed,
        owner instanceof BatchOwner.Connector ours ? Optional.of(ours.plan()) : Optional.empty(),
        owner instanceof BatchOwner.Spark spark
            ? new Limits(next, spark.entry().frontier())
            : Limits.NONE);
  }

  /** Reads where tasks continue. */
  public ResumePlan resumePlan() throws IOException {
    long next = Batch.NONE.number();
    for (int look = 0; look < MAX_LOOKS; look++) {
      Position position = position();
      next = position.committed().number() + 1;
      Set<SegmentId> ids = new HashSet<>(checkpoint.segments().ids());
      ids.removeAll(position.committed().decided());
      position.planned().ifPresent(planned -> ids.removeAll(planned.decided()));
      List<Segment> undecided = new ArrayList<>();
      for (SegmentId id : ids) {
        checkpoint.segments().read(id).ifPresent(undecided::add);
      }
      // A commit in between deletes segments: without them the chain would seem to end early.
      if (!checkpoint.commits().exists(next)) {
        return ResumePlan.of(position, checkpoint.sessions().sessions(), undecided);
      }
    }
    throw CheckpointErrors.unsettled(
        checkpoint.location(), MAX_LOOKS, checkpoint.commits().file(next) + " existed afterwards");
  }
}
