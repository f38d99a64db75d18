package io.tidemark.sink.window;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.sink.file.RowGate;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.segment.SegmentOperator;
import io.tidemark.windows.close.FieldTypes;
import io.tidemark.windows.close.GroupReader;
import io.tidemark.windows.close.Operator;
import io.tidemark.windows.close.ShownTypes;
import io.tidemark.windows.field.FieldErrors;
import io.tidemark.windows.fold.KeyFold;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Drops the records that repeat a key within a segment, and late ones, and writes the keys of the
 * rest with the places of their rows into runs. The driver drops the other duplicates.
 */
public final class TaskDeduplication implements SegmentOperator, RowGate {

  private final Operator operator;
  private final Rejects rejects;
  private final long bufferBytes;
  private final GroupReader reader;
  private final ShownTypes types;
  private final KeyFold fold = new KeyFold();
  private final MaxEventTimes times = new MaxEventTimes();
  private final TaskRuns runs;

  /** Types that committed batches have; a record that does not fit them is rejected here. */
  private final SortedMap<String, ColumnType> knownTypes = new TreeMap<>();

  private OptionalLong watermarkMs = OptionalLong.empty();

  /** Of the current put: the records to check, or null for all of them. */
  private Set<SinkRecord> checked;

  private long latestMs;

  /** Whether the record that was admitted last has a key. */
  private boolean hasKey;

  private long onTime;
  private long repeated;
  private long late;

  /**
   * @param rejects takes records whose key or event time cannot be read, and late ones if so
   *     configured
   * @param bufferBytes heap at which the keys are written
   */
  public TaskDeduplication(Operator operator, Rejects rejects, long bufferBytes) {
    this.operator = operator;
    this.rejects = rejects;
    this.bufferBytes = bufferBytes;
    this.reader = new GroupReader(operator.aggregation());
    this.types = new ShownTypes(operator.aggregation());
    this.runs = new TaskRuns(operator.runs());
  }

  @Override
  public String name() {
    return operator.name();
  }

  @Override
  public void begin(String nextSegment) {
    runs.begin(nextSegment);
    clear();
  }

  @Override
  public Optional<RowGate> gate(
      Collection<SinkRecord> records, List<SinkRecord> absorbed, long nowMs) {
    latestMs = nowMs + operator.aggregation().watermark().maxAheadMs();
    checked =
        absorbed.size() == records.size()
            ? null
            : Collections.newSetFromMap(new IdentityHashMap<>(absorbed.size() * 2));
    int found = 0;
    for (SinkRecord record : records) {
      if (found < absorbed.size() && isDelivered(absorbed.get(found), record)) {
        found++;
        if (checked != null) {
          checked.add(record);
        }
      }
    }
    if (found < absorbed.size()) {
      // A duplicate would pass unseen.
      throw DeduplicationErrors.notDelivered(name(), absorbed.get(found));
    }
    return Optional.of(this);
  }

  /**
   * Connect delivers a copy of the record that the transformation has seen, with the same value.
   */
  @SuppressWarnings("ReferenceEquality") // equals would read the value
  private static boolean isDelivered(SinkRecord seen, SinkRecord delivered) {
    return seen.value() == delivered.value()
        && seen.originalKafkaOffset() == delivered.originalKafkaOffset()
        && seen.originalKafkaPartition().equals(delivered.originalKafkaPartition())
        && seen.originalTopic().equals(delivered.originalTopic());
  }

  @Override
  public void add(List<SinkRecord> records, long nowMs) {
    // All was done while the rows were written.
  }

  @Override
  public boolean admits(SinkRecord record) {
    hasKey = false;
    if (record.value() == null || (checked != null && !checked.contains(record))) {
      return true;
    }
    long micros;
    try {
      types.forget();
      reader.read(record, types);
      types.keep();
      micros = reader.micros();
    } catch (TidemarkException e) {
      rejects.reject(record, e);
      return false;
    }
    var unused = times.seen(record, micros, latestMs);
    long ms = KeyFold.millis(micros);
    if (watermarkMs.isPresent() && ms <= watermarkMs.getAsLong()) {
      late++;
      if (operator.aggregation().reportLate()) {
        rejects.report(record, FieldErrors.lateKey(record, name(), watermarkMs.getAsLong()));
      }
      return false;
    }
    onTime++;
    hasKey = fold.isNew(reader.key().array(), reader.key().length(), ms);
    if (!hasKey) {
      repeated++;
    }
    return hasKey;
  }

  @Override
  public void written(SinkRecord record, int file, long position) throws IOException {
    if (hasKey) {
      fold.written(file, position);
      if (fold.bytes() > bufferBytes) {
        cut();
      }
    }
  }

  @Override
  public OperatorSegment finish() throws IOException {
    cut();
    reader.tellOfMissing(1, knownTypes.keySet());
    return new OperatorSegment(
        operator.definition(), onTime, late, times.all(), types.texts(), runs.finish());
  }

  private void cut() throws IOException {
    if (fold.rows() > 0) {
      runs.write(fold::write);
    }
    fold.clear();
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
    hasKey = false;
    onTime = 0;
    repeated = 0;
    late = 0;
  }

  /** Those that became rows are counted with the rows. */
  @Override
  public long rows() {
    return repeated + late;
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
