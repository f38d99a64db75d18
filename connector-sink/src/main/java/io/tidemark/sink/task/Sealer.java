package io.tidemark.sink.task;

import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Provenance;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.sink.kafka.TopicWatch;
import io.tidemark.sink.recovery.ResumePlan;
import io.tidemark.sink.segment.CutPolicy;
import io.tidemark.sink.segment.Limits;
import io.tidemark.sink.segment.Retries;
import io.tidemark.sink.segment.SegmentContent;
import io.tidemark.sink.segment.SegmentWriter;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals what the chain has read and the writer has written, one segment after the other. */
final class Sealer {

  private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

  private final CheckpointLocation checkpoint;
  private final TaskChain chain;
  private final SegmentWriter writer;
  private final CutPolicy cutPolicy;
  private final Retries retries;
  private final TopicWatch topics;
  private final Silence silence;
  private final TaskPort port;

  /** Where partitions of other tasks begin; in no segment yet. */
  private final SortedMap<TopicPartition, OffsetRange> pins = new TreeMap<>(Offsets.ORDER);

  private SegmentId nextSegment;
  private long cutMs;

  Sealer(
      CheckpointLocation checkpoint,
      TaskChain chain,
      SegmentWriter writer,
      CutPolicy cutPolicy,
      Retries retries,
      TopicWatch topics,
      Silence silence,
      TaskPort port) {
    this.checkpoint = checkpoint;
    this.chain = chain;
    this.writer = writer;
    this.cutPolicy = cutPolicy;
    this.retries = retries;
    this.topics = topics;
    this.silence = silence;
    this.port = port;
  }

  /** A session begins. */
  void begin(SessionId session, long nowMs) {
    begin(session.firstSegment(), nowMs);
  }

  private void begin(SegmentId segment, long nowMs) {
    nextSegment = segment;
    cutMs = nowMs;
    writer.begin(segment);
  }

  /** Whether there is enough to seal, or the interval is over. */
  boolean isDue(Limits limits, long nowMs) {
    return cutPolicy.isDue(cutMs, nowMs, writer.rows(), writer.bytes())
        || chain.isUnpinned(limits)
        || pins.keySet().stream().anyMatch(partition -> !limits.leaveOut(partition));
  }

  /** Adds to the next segment where a partition of another task begins. */
  void pin(TopicPartition partition, long start) {
    pins.put(partition, new OffsetRange(start, start, true));
  }

  /** Drops pins that others have sealed meanwhile. */
  void dropPinsOf(ResumePlan plan) {
    pins.keySet().removeIf(partition -> !plan.cutsOf(partition).isEmpty());
  }

  /**
   * Closes the files and creates the segment, if there is anything to seal.
   *
   * @param positions the runtime's, empty to seal what was read
   * @param limits where to stop
   * @return false when files could not be closed, or dead letters are not known to be durable: what
   *     was read since the last segment is void
   */
  boolean seal(Map<TopicPartition, Long> positions, Limits limits, long nowMs) {
    SortedMap<TopicPartition, OffsetRange> ranges = new TreeMap<>(Offsets.ORDER);
    ranges.putAll(pins);
    ranges.putAll(chain.due(positions));
    ranges.keySet().removeIf(limits::leaveOut);
    SortedMap<TopicPartition, Long> silent = silence.unreported(nowMs);
    silent.keySet().forEach(partition -> chain.hold(partition, ranges));
    cutMs = nowMs;
    if (ranges.isEmpty()) {
      return true;
    }
    try {
      writer.settle();
    } catch (IOException e) {
      retries.failed("have dead letters acknowledged", e);
      return false;
    }
    Segment segment;
    try {
      SegmentContent content = writer.finish();
      // Not before: what is written until then may be in memory, and fail when it is closed.
      retries.succeeded();
      segment =
          new Segment(
              nextSegment,
              nowMs,
              ranges,
              new TreeMap<>(content.tables()),
              content.files(),
              new TreeMap<>(content.operators()),
              silent,
              new Provenance(
                  chain.after(), topics.origin(ranges.keySet()), chain.lost(ranges.keySet())));
    } catch (IOException e) {
      retries.failed("close data files", e);
      return false;
    }
    create(segment);
    chain.sealed(segment);
    topics.sealed(segment);
    pins.keySet().removeAll(ranges.keySet());
    silence.reported(silent.keySet(), nowMs);
    begin(nextSegment.next(), nowMs);
    LOG.debug("Sealed {}: {} rows, {}", segment.id(), segment.rows(), ranges);
    port.wakeDriver();
    return true;
  }

  /** From here on a segment may name the files, and only the driver may delete them. */
  private void create(Segment segment) {
    retries.run(
        "create " + checkpoint.segments().file(segment.id()),
        () -> {
          checkpoint.segments().create(segment);
          return segment;
        });
  }
}
