package io.tidemark.sink.segment;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.value.SchemaEnvelope;
import io.tidemark.sink.file.FileOwner;
import io.tidemark.sink.file.RecordWriter;
import io.tidemark.sink.file.RowGate;
import io.tidemark.sink.file.SessionTables;
import io.tidemark.sink.record.RecordErrors;
import io.tidemark.sink.record.Rejects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Writes a segment: data files for the tables, runs for the operators. Used by one thread. After an
 * exception the only legal call is {@link #abort}.
 */
public final class SegmentWriter {

  /** How long one {@code put} waits for dead letters, milliseconds; usually they take a few. */
  private static final long PUT_PATIENCE_MS = 2_000;

  private final RecordWriter records;
  private final SessionTables sessionTables;
  private final List<SegmentOperator> operators;
  private final Rejects rejects;

  /** A writer without operators that rejects nothing. */
  public SegmentWriter(RecordWriter records, SessionTables sessionTables) {
    this(records, sessionTables, List.of(), Rejects.none());
  }

  /**
   * @param sessionTables hears of every table before its first file
   * @param operators in the order of {@link Delivery#absorbed}
   * @param rejects of the records and the operators
   */
  public SegmentWriter(
      RecordWriter records,
      SessionTables sessionTables,
      List<? extends SegmentOperator> operators,
      Rejects rejects) {
    this.records = records;
    this.sessionTables = sessionTables;
    this.operators = List.copyOf(operators);
    this.rejects = rejects;
  }

  /** Starts a segment, whose id begins the name of every file until {@link #finish}. */
  public void begin(SegmentId segment) {
    records.begin(
        new FileOwner(
            segment.toString(), table -> sessionTables.beforeFile(segment.session(), table)));
    operators.forEach(operator -> operator.begin(segment.toString()));
  }

  /** Takes what one {@code put} brought. */
  public void write(Delivery delivery, long nowMs) throws IOException {
    Collection<SinkRecord> rows = withoutEnvelopes(delivery.records());
    RowGate gate = gate(delivery, nowMs);
    if (!rows.isEmpty()) {
      records.write(rows, gate);
    }
    for (int i = 0; i < delivery.absorbed().size(); i++) {
      List<SinkRecord> absorbed = delivery.absorbed().get(i);
      if (!absorbed.isEmpty()) {
        operators.get(i).add(absorbed, nowMs);
      }
    }
    // Connect waits for them later as well, and would fail the task without a message of ours.
    rejects.check(PUT_PATIENCE_MS);
  }

  /** That of the only operator that has one. */
  private RowGate gate(Delivery delivery, long nowMs) {
    for (int i = 0; i < delivery.absorbed().size(); i++) {
      Optional<RowGate> gate =
          operators.get(i).gate(delivery.records(), delivery.absorbed().get(i), nowMs);
      if (gate.isPresent()) {
        return gate.get();
      }
    }
    return RowGate.OPEN;
  }

  /** Rejects what the converter has left in its schema: it would become columns of the table. */
  private Collection<SinkRecord> withoutEnvelopes(Collection<SinkRecord> all) {
    if (all.stream().noneMatch(record -> SchemaEnvelope.isOne(record.value()))) {
      return all;
    }
    List<SinkRecord> rest = new ArrayList<>(all.size());
    for (SinkRecord record : all) {
      if (SchemaEnvelope.isOne(record.value())) {
        rejects.reject(record, RecordErrors.schemaInValue(record));
      } else {
        rest.add(record);
      }
    }
    return rest;
  }

  /**
   * Checks that no dead letter since {@link #begin} has failed.
   *
   * @throws TidemarkException when it cannot become durable (TM-130)
   */
  public void check() {
    rejects.check(0);
  }

  /**
   * Waits until everything that was rejected since {@link #begin} is durable elsewhere.
   *
   * @throws TidemarkException when it cannot become so (TM-130)
   * @throws IOException when that is not known in time
   */
  public void settle() throws IOException {
    rejects.settle();
  }

  /** Closes everything and hands it out, durable when this returns. */
  public SegmentContent finish() throws IOException {
    Map<String, String> tables = records.tableIds();
    SortedMap<String, OperatorSegment> parts = new TreeMap<>();
    for (SegmentOperator operator : operators) {
      parts.put(operator.name(), operator.finish());
    }
    // Last, because this writer must not delete these files afterwards.
    List<DataFile> files = records.finish();
    return new SegmentContent(tables, files, parts);
  }

  /** Drops everything since {@link #begin} that was not handed out; never throws. */
  public void abort() {
    records.abort();
    operators.forEach(SegmentOperator::abort);
    rejects.forget();
  }

  /** Records since {@link #begin}. */
  public long rows() {
    long rows = records.rows();
    for (SegmentOperator operator : operators) {
      rows += operator.rows();
    }
    return rows;
  }

  /** Bytes written or buffered since {@link #begin}, as far as known. */
  public long bytes() {
    long bytes = records.bytes();
    for (SegmentOperator operator : operators) {
      bytes += operator.bytes();
    }
    return bytes;
  }

  /** Data files that take rows. */
  public int openFiles() {
    return records.openFiles();
  }

  /** Memory of rows and aggregates that are not written, about. */
  public long bufferedBytes() {
    long bytes = records.bufferedBytes();
    for (SegmentOperator operator : operators) {
      bytes += operator.bufferedBytes();
    }
    return bytes;
  }

  /** A batch was committed. */
  public void follow(Batch committed) {
    operators.forEach(operator -> operator.follow(committed));
  }

  /** The idle time-outs of all operators, milliseconds. */
  public List<Long> idleTimeoutsMs() {
    return operators.stream()
        .map(SegmentOperator::idleTimeoutMs)
        .filter(timeout -> timeout > 0)
        .toList();
  }
}
