package io.tidemark.sink.window;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.segment.SegmentOperator;
import io.tidemark.windows.close.FieldTypes;
import io.tidemark.windows.close.GroupReader;
import io.tidemark.windows.close.Operator;
import io.tidemark.windows.close.ShownTypes;
import io.tidemark.windows.field.FieldErrors;
import io.tidemark.windows.fold.Fold;
import io.tidemark.windows.function.Occurrence;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folds a task's records into runs; a full fold cuts a run, so that memory is bounded. */
public final class TaskOperator implements SegmentOperator {

  private static final Logger LOG = LoggerFactory.getLogger(TaskOperator.class);

  private final Operator operator;
  private final Rejects rejects;
  private final long bufferBytes;
  private final GroupReader reader;
  private final Occurrence occurrence = new Occurrence();
  private final Fold fold;
  private final MaxEventTimes times = new MaxEventTimes();
  private final ShownTypes types;

  /** Types that committed batches have; a record that does not fit them is rejected here. */
  private final SortedMap<String, ColumnType> knownTypes = new TreeMap<>();

  private final TaskRuns runs;
  private OptionalLong watermarkMs = OptionalLong.empty();
  private long rows;
  private long lateRows;

  /** How many records of the segment have no gap. */
  private long outside;

  private boolean toldOfOutside;
  private String segment;

  /**
   * @param rejects takes records that cannot be aggregated, and late ones if so configured
   * @param bufferBytes heap at which the fold is written
   */
  public TaskOperator(Operator operator, Rejects rejects, long bufferBytes) {
    this.operator = operator;
    this.rejects = rejects;
    this.bufferBytes = bufferBytes;
    this.reader = new GroupReader(operator.aggregation());
    this.types = new ShownTypes(operator.aggregation());
    this.fold = operator.fold();
    this.runs = new TaskRuns(operator.runs());
  }

  @Override
  public String name() {
    return operator.name();
  }

  @Override
  public void begin(String nextSegment) {
    segment = nextSegment;
    runs.begin(nextSegment);
    clear();
  }

  @Override
  public void add(List<SinkRecord> records, long nowMs) throws IOException {
    long latestMs = nowMs + operator.aggregation().watermark().maxAheadMs();
    for (SinkRecord record : records) {
      if (record.value() == null) {
        // A tombstone removes nothing, because windows are append-only.
        continue;
      }
      try {
        add(record, latestMs);
      } catch (TidemarkException e) {
        rejects.reject(record, e);
      }
      if (fold.bytes() > bufferBytes) {
        cut();
      }
    }
  }

  private void add(SinkRecord record, long latestMs) {
    types.forget();
    reader.read(record, types);
    long micros = reader.micros();
    TopicPartition partition = times.seen(record, micros, latestMs);
    if (reader.isOutside()) {
      tellOfOutside(record);
      return;
    }
    types.keep();
    // A late record may still join an open session window, which only the driver can see.
    if (watermarkMs.isPresent()
        && !operator.isSession()
        && operator.lastEnd(micros) <= watermarkMs.getAsLong() * 1000) {
      lateRows++;
      if (operator.aggregation().reportLate()) {
        rejects.report(record, FieldErrors.late(record, name(), watermarkMs.getAsLong()));
      }
      return;
    }
    occurrence.eventMicros = micros;
    occurrence.offset = record.originalKafkaOffset();
    occurrence.partition = partition.partition();
    occurrence.topicHash = partition.topic().hashCode();
    occurrence.gapMicros = reader.gapMicros();
    fold.add(reader.key().array(), reader.key().length(), reader.arguments(), occurrence);
    rows++;
  }

  private void tellOfOutside(SinkRecord record) {
    if (!toldOfOutside) {
      LOG.warn(FieldErrors.withoutGap(record, name()).getMessage());
      toldOfOutside = true;
    }
    outside++;
  }

  @Override
  public OperatorSegment finish() throws IOException {
    cut();
    reader.tellOfMissing(1, knownTypes.keySet());
    if (outside > 0) {
      LOG.info(
          "{} records of segment {} have no gap and are in no session window of {}",
          outside,
          segment,
          name());
    }
    return new OperatorSegment(
        operator.definition(), rows, lateRows, times.all(), types.texts(), runs.finish());
  }

  private void cut() throws IOException {
    if (!fold.isEmpty()) {
      runs.write(fold::write);
      fold.clear();
    }
  }

  @Override
  public void abort() {
    runs.abort();
    clear();
  }

  private void clear() {
    fold.clear();
    times.clear();
    types.reset(knownTypes);
    rows = 0;
    lateRows = 0;
    outside = 0;
  }

  @Override
  public long rows() {
    return rows + lateRows;
  }

  @Override
  public long bytes() {
    return fold.bytes() + runs.bytes();
  }

  @Override
  public long bufferedBytes() {
    return fold.bytes();
  }

  @Override
  public void follow(Batch committed) {
    OperatorState state = committed.operators().get(name());
    if (state != null) {
      watermarkMs = state.watermarkMs();
      state.types().forEach((path, text) -> knownTypes.put(path, FieldTypes.parse(text)));
    }
  }

  @Override
  public long idleTimeoutMs() {
    return operator.aggregation().watermark().idleTimeoutMs();
  }
}
