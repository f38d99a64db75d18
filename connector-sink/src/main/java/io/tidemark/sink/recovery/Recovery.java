package io.tidemark.sink.recovery;

import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.checkpoint.TidemarkException;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
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
   */
  public record Position(Batch committed, Optional<Batch> planned) {}

  /** Reads where the query stands. */
  public Position position() throws IOException {
    while (true) {
      OptionalLong latest = checkpoint.commits().latest();
      Optional<Position> position =
          latest.isEmpty() ? position(Batch.NONE) : position(latest.getAsLong());
      if (position.isPresent()) {
        return position.get();
      }
      // What is missing is no damage if it was removed with old batches while this one read.
      if (checkpoint.commits().latest().equals(latest)) {
        throw missing(latest);
      }
    }
  }

  private Optional<Position> position(long latest) throws IOException {
    Optional<Batch> committed = checkpoint.committedBatch(latest);
    return committed.isEmpty() ? Optional.empty() : position(committed.get());
  }

  private Optional<Position> position(Batch committed) throws IOException {
    long next = committed.number() + 1;
    Optional<Batch> planned = checkpoint.batches().read(next);
    if (planned.isEmpty() && checkpoint.offsets().exists(next)) {
      // Ours is never without its plan, unless the batch was planned between the two reads.
      planned = checkpoint.batches().read(next);
      if (planned.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(new Position(committed, planned));
  }

  private TidemarkException missing(OptionalLong latest) throws IOException {
    long number = latest.orElse(Batch.NONE.number());
    if (latest.isPresent() && checkpoint.committedBatch(number).isEmpty()) {
      return CheckpointErrors.missingEntry(
          checkpoint.batches().file(number), checkpoint.commits().file(number) + " exists");
    }
    return CheckpointErrors.unfinishedSparkBatch(
        checkpoint.offsets().file(number + 1), checkpoint.commits().file(number + 1));
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
        return ResumePlan.of(
            position.committed(), position.planned(), checkpoint.sessions().sessions(), undecided);
      }
    }
  }
}
