package io.tidemark.sink.window;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Run;
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
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;
import java.util.ArrayList;
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
  private final SortedMap<TopicPartition, Long> maxEventMs = new TreeMap<>(Offsets.ORDER);
  private final ShownTypes types;

  /** Types that committed batches have; a record that does not fit them is rejected here. */
  private final SortedMap<String, ColumnType> knownTypes = new TreeMap<>();

  private final List<Run> runs = new ArrayList<>();
  private final List<String> written = new ArrayList<>();
  private String segment = "";
  private OptionalLong watermarkMs = OptionalLong.empty();
  private long rows;
  private long lateRows;

  /** The partition of the previous record, kept because the next one is usually of the same. */
  private TopicPartition partition;

  private long partitionMaxMs = Long.MIN_VALUE;

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
  }

  @Override
  public String name() {
    return operator.name();
  }

  @Override
  public void begin(String nextSegment) {
    segment = nextSegment;
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
    types.keep();
    long micros = reader.micros();
    seen(record, micros, latestMs);
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
    fold.add(reader.key().array(), reader.key().length(), reader.arguments(), occurrence);
    rows++;
  }

  /** Late records count too; those from the future do not. */
  private void seen(SinkRecord record, long micros, long latestMs) {
    if (partition == null
        || partition.partition() != record.originalKafkaPartition()
        || !partition.topic().equals(record.originalTopic())) {
      flushMax();
      partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }
    long ms = Math.floorDiv(micros, 1000L);
    if (ms <= latestMs && ms > partitionMaxMs) {
      partitionMaxMs = ms;
    }
  }

  private void flushMax() {
    if (partition != null && partitionMaxMs != Long.MIN_VALUE) {
      maxEventMs.merge(partition, partitionMaxMs, Math::max);
    }
    partitionMaxMs = Long.MIN_VALUE;
  }

  @Override
  public OperatorSegment finish() throws IOException {
    cut();
    flushMax();
    reader.tellOfMissing(1, knownTypes.keySet());
    OperatorSegment part =
        new OperatorSegment(operator.definition(), rows, lateRows, maxEventMs, types.texts(), runs);
    // From here on a segment may name them, even if the caller fails.
    written.clear();
    return part;
  }

  private void cut() throws IOException {
    if (fold.isEmpty()) {
      return;
    }
    String name = segment + "-" + written.size();
    written.add(name);
    try (RunWriter writer = operator.runs().create(name)) {
      runs.add(fold.write(writer));
    }
    fold.clear();
  }

  @Override
  public void abort() {
    for (String name : written) {
      try {
        operator.runs().delete(operator.runs().file(name));
      } catch (IOException | RuntimeException e) {
        LOG.warn(
            "Cannot delete abandoned run {}. It is removed with old batches: {}",
            operator.runs().describe(operator.runs().file(name)),
            e.toString());
      }
    }
    clear();
  }

  private void clear() {
    fold.clear();
    runs.clear();
    written.clear();
    maxEventMs.clear();
    types.reset(knownTypes);
    partition = null;
    partitionMaxMs = Long.MIN_VALUE;
    rows = 0;
    lateRows = 0;
  }

  @Override
  public long rows() {
    return rows + lateRows;
  }

  @Override
  public long bytes() {
    return fold.bytes() + runs.stream().mapToLong(Run::bytes).sum();
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
