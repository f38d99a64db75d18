package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.sink.batch.OffsetReset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a driver wants the next batch to be.
 *
 * @param committed the batch that it follows
 * @param outline what it takes, without the rows of closed windows
 * @param segments those that were read, by id
 * @param isReady whether windows may have a watermark after it
 * @param reset what it does to the frontier beside taking segments
 */
record Proposal(
    Batch committed,
    Batch outline,
    Map<SegmentId, Segment> segments,
    boolean isReady,
    Optional<OffsetReset> reset) {

  /** Number of the batch. */
  long number() {
    return outline.number();
  }

  /** The segments that it takes. */
  List<Segment> accepted() {
    return outline.accepted().stream().map(segments::get).toList();
  }
}
