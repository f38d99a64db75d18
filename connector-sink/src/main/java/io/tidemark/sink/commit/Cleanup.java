package io.tidemark.sink.commit;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.DataFile;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Removes what a committed batch has made superfluous (invariant G). Whatever a crash leaves over
 * is named by the next batch as settled or discarded and removed then.
 */
public final class Cleanup {

  /** Old batches are removed this many at a time, so that most commits list nothing for it. */
  private static final int BATCHES_AT_ONCE = 10;

  private final CheckpointLocation checkpoint;
  private final DataFileRemoval removal;
  private final int retainedBatches;

  /**
   * @param retainedBatches how many committed batches the logs keep, at least 2
   */
  public Cleanup(CheckpointLocation checkpoint, DataFileRemoval removal, int retainedBatches) {
    this.checkpoint = checkpoint;
    this.removal = removal;
    this.retainedBatches = retainedBatches;
  }

  /** Cleans up behind a batch whose commit log entry exists. */
  public void after(Batch committed) throws IOException {
    for (SegmentId id : committed.rejected()) {
      discard(id);
    }
    for (SegmentId id : committed.discarded()) {
      discard(id);
    }
    for (SegmentId id : committed.accepted()) {
      checkpoint.segments().delete(id);
    }
    for (SegmentId id : committed.settled()) {
      checkpoint.segments().delete(id);
    }
    if (committed.number() % BATCHES_AT_ONCE == 0) {
      retire(committed.number() - retainedBatches);
    }
  }

  /** The data files first: without their segment nobody would know them. */
  private void discard(SegmentId id) throws IOException {
    Optional<Segment> segment = checkpoint.segments().read(id);
    if (segment.isPresent()) {
      for (DataFile file : segment.get().files()) {
        removal.delete(file);
      }
      checkpoint.segments().delete(id);
    }
  }

  /**
   * Removes the entries up to {@code last}, oldest first and the commit of a batch before the plan
   * of the next: whoever finds {@code commits/N} after creating {@code batches/N+1} therefore knows
   * that the entry it created had not been there and removed.
   */
  private void retire(long last) throws IOException {
    SortedSet<Long> numbers = new TreeSet<>(checkpoint.offsets().numbers());
    numbers.addAll(checkpoint.batches().numbers());
    for (long number : numbers.headSet(last + 1)) {
      checkpoint.commits().delete(number);
      checkpoint.batches().delete(number);
      checkpoint.offsets().delete(number);
    }
  }
}
