package io.tidemark.sink.recovery;

import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.OffsetLog;
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

/** Reads the logs as one consistent picture, while drivers and other tasks go on writing them. */
public final class Recovery {

  private final CheckpointLocation checkpoint;

  public Recovery(CheckpointLocation checkpoint) {
    this.checkpoint = checkpoint;
  }

  /**
   * The last committed batch and the one that is planned behind it, if any.
   *
   * @param committed {@link Batch#NONE} before the first batch
   * @param limits where the next batch has to end, if Spark has planned it and not finished it
   */
  public record Position(Batch committed, Optional<Batch> planned, Limits limits) {}

  /** Reads where the query stands. */
  public Position position() throws IOException {
    while (true) {
      OptionalLong latest = checkpoint.commits().latest();
      Optional<Position> position =
          latest.isEmpty() ? Optional.of(position(Batch.NONE)) : position(latest.getAsLong());
      // An old batch whose plan is being removed looks as if Spark had planned it.
      if (position.isPresent()
          && (position.get().limits().isNone() || checkpoint.commits().latest().equals(latest))) {
        return position.get();
      }
      // What is missing is no damage if it was removed with old batches while this one read.
      if (position.isEmpty() && checkpoint.commits().latest().equals(latest)) {
        long number = latest.orElse(Batch.NONE.number());
        throw CheckpointErrors.missingEntry(
            checkpoint.batches().file(number), checkpoint.commits().file(number) + " exists");
      }
    }
  }

  private Optional<Position> position(long latest) throws IOException {
    Optional<Batch> committed = checkpoint.committedBatch(latest);
    return committed.isEmpty() ? Optional.empty() : Optional.of(position(committed.get()));
  }

  private Position position(Batch committed) throws IOException {
    long next = committed.number() + 1;
    Optional<Batch> planned = checkpoint.plan(next);
    if (planned.isEmpty()) {
      Optional<OffsetLog.Entry> entry = checkpoint.offsets().read(next);
      // Ours is never without its plan, unless the batch was planned between the two reads.
      planned = entry.isEmpty() ? Optional.empty() : checkpoint.plan(next);
      if (entry.isPresent() && planned.isEmpty()) {
        return new Position(committed, Optional.empty(), new Limits(next, entry.get().frontier()));
      }
    }
    return new Position(committed, planned, Limits.NONE);
  }

  /** Reads where tasks continue. */
  public ResumePlan resumePlan() throws IOException {
    while (true) {
      Position position = position();
      Set<SegmentId> ids = new HashSet<>(checkpoint.segments().ids());
      ids.removeAll(position.committed().decided());
      position.planned().ifPresent(planned -> ids.removeAll(planned.decided()));
      List<Segment> undecided = new ArrayList<>();
      for (SegmentId id : ids) {
        checkpoint.segments().read(id).ifPresent(undecided::add);
      }
      // A commit in between deletes segments: without them the chain would seem to end early.
      if (!checkpoint.commits().exists(position.committed().number() + 1)) {
        return ResumePlan.of(position, checkpoint.sessions().sessions(), undecided);
      }
    }
  }
}
