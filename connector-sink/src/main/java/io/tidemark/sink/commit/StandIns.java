package io.tidemark.sink.commit;

import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetLog;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.PlanMark;
import io.tidemark.checkpoint.log.Segment;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces void plans by stand-ins, so that batches are numbered without gaps. */
final class StandIns {

  private static final Logger LOG = LoggerFactory.getLogger(StandIns.class);
  private static final int MAX_TRIES = 5;

  private final CheckpointLocation checkpoint;

  StandIns(CheckpointLocation checkpoint) {
    this.checkpoint = checkpoint;
  }

  /** Whether the batch was finished meanwhile, as planned or not; its files may be deleted then. */
  boolean isCommitted(Batch plan) throws IOException {
    return checkpoint.commits().latest().orElse(Batch.NONE.number()) >= plan.number();
  }

  /** Whether Spark has planned the batch, so that only Spark can give it up. */
  boolean isOfSpark(Batch plan) throws IOException {
    return checkpoint
        .offsets()
        .read(plan.number())
        .filter(entry -> entry.plan().isEmpty())
        .isPresent();
  }

  /**
   * Finishes a batch whose plan is void according to its first table. Each step may already have
   * been done.
   *
   * @param before the previous batch
   * @param unfit the segments to leave out; the first driver to get here decides
   * @param settings of the offset log entry
   */
  Batch finish(
      Batch plan,
      Batch before,
      UnfitSegments unfit,
      String witness,
      SortedMap<String, String> settings)
      throws IOException {
    long number = plan.number();
    Batch made = before.replacing(plan, unfit.ids(), pinned(before.frontier(), unfit), witness);
    Batch standIn = made;
    if (!checkpoint.voids().create(number, made)) {
      standIn =
          checkpoint
              .voids()
              .read(number)
              .orElseThrow(() -> new IOException(checkpoint.voids().file(number) + " is gone"));
    }
    LOG.warn(
        "Plan {} is void. Batch {} commits no segment and leaves out {}",
        PlanMark.of(plan),
        number,
        standIn.rejected());
    announce(standIn, settings);
    return standIn;
  }

  /**
   * Creates the entry of a committed stand-in again if it is gone: a driver that was paused may
   * have taken it for that of the void plan, and deleted it.
   */
  void restore(Batch standIn, SortedMap<String, String> settings) throws IOException {
    long number = standIn.number();
    if (checkpoint.offsets().read(number).isEmpty()
        && checkpoint.offsets().create(number, OffsetLog.Entry.of(standIn, settings))) {
      LOG.info("Created the offset log entry of batch {} again", number);
    }
  }

  /** Replaces the entry of the void plan, which a driver that was paused may write late. */
  private void announce(Batch standIn, SortedMap<String, String> settings) throws IOException {
    long number = standIn.number();
    Optional<PlanMark> mark = Optional.of(PlanMark.of(standIn));
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Optional<OffsetLog.Entry> entry = checkpoint.offsets().read(number);
      if (entry.isPresent() && entry.get().plan().equals(mark)) {
        return;
      }
      if (checkpoint.commits().exists(number)) {
        // Another driver has done all this, and written the entry before.
        return;
      }
      if (entry.isPresent()) {
        if (entry.get().plan().isEmpty()) {
          throw CheckpointErrors.foreignEntry(
              checkpoint.offsets().file(number), checkpoint.voids().file(number));
        }
        checkpoint.offsets().delete(number);
      }
      if (checkpoint.offsets().create(number, OffsetLog.Entry.of(standIn, settings))) {
        return;
      }
    }
    throw new IOException(checkpoint.offsets().file(number) + " was written several times");
  }

  /** Keeps the start of a partition even if the segment that named it is left out. */
  private static Frontier pinned(Frontier frontier, UnfitSegments unfit) {
    Map<TopicPartition, OffsetRange> pins = new HashMap<>();
    for (Segment segment : unfit.segments()) {
      segment
          .ranges()
          .forEach(
              (partition, range) -> {
                if (range.first() && frontier.end(partition).isEmpty()) {
                  pins.merge(
                      partition,
                      new OffsetRange(range.from(), range.from()),
                      (one, other) -> one.from() <= other.from() ? one : other);
                }
              });
    }
    return frontier.advance(pins);
  }
}
