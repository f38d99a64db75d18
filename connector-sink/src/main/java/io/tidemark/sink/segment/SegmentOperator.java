package io.tidemark.sink.segment;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.sink.file.RowGate;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The task's part of an operator: aggregates what a segment is made of. Used by one thread. After
 * an exception the only legal call is {@link #abort}.
 */
public interface SegmentOperator {

  /** Name of the operator. */
  String name();

  /**
   * Starts a segment.
   *
   * @param segment begins the name of every run
   */
  void begin(String segment);

  /**
   * What decides which records of a put become rows. It is asked while they are written, before
   * {@link #add}.
   *
   * @param records for the tables
   * @param absorbed those that the transformation has seen
   * @return empty when the operator has no say
   */
  default Optional<RowGate> gate(
      Collection<SinkRecord> records, List<SinkRecord> absorbed, long nowMs) {
    return Optional.empty();
  }

  /** Aggregates records; one that cannot be goes to the errant record reporter, or fails. */
  void add(List<SinkRecord> records, long nowMs) throws IOException;

  /** Writes what is left and hands out all, durable when this returns. */
  OperatorSegment finish() throws IOException;

  /** Drops everything since {@link #begin} that was not handed out; never throws. */
  void abort();

  /** Records since {@link #begin}. */
  long rows();

  /** Heap in use and bytes written since {@link #begin}, about. */
  long bytes();

  /** Heap in use, about. */
  default long bufferedBytes() {
    return 0;
  }

  /** A batch was committed: its watermark tells which records are late. */
  void follow(Batch committed);

  /**
   * A partition without records for so long does not hold the watermark, milliseconds; 0: never.
   */
  long idleTimeoutMs();
}
