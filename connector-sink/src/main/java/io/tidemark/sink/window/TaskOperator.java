package io.tidemark.sink.window;

import io.tidemark.checkpoint.TidemarkException;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Run;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TypeUnion;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.segment.SegmentOperator;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.close.FieldTypes;
import io.tidemark.windows.close.Operator;
import io.tidemark.windows.config.Aggregate;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.GroupField;
import io.tidemark.windows.field.EventTimeReader;
import io.tidemark.windows.field.FieldErrors;
import io.tidemark.windows.field.FieldReader;
import io.tidemark.windows.fold.Fold;
import io.tidemark.windows.fold.GroupKey;
import io.tidemark.windows.function.ArgumentException;
import io.tidemark.windows.function.Occurrence;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final EventTimeReader eventTime;
  private final FieldReader[] keys;
  private final FieldReader[] arguments;
  private final Object[] values;
  private final Occurrence occurrence = new Occurrence();
  private final ByteWriter key = new ByteWriter(64);
  private final Fold fold;
  private final SortedMap<TopicPartition, Long> maxEventMs = new TreeMap<>(Offsets.ORDER);
  private final SortedMap<String, ColumnType> types = new TreeMap<>();

  /** What the committed batches know: a record that clashes with it is found here, by its task. */
  private final SortedMap<String, ColumnType> knownTypes = new TreeMap<>();

  /** What the record at hand shows anew; it counts when the whole record can be aggregated. */
  private final Map<String, ColumnType> learned = new TreeMap<>();

  private final ColumnType[] lastTypes;
  private final List<Run> runs = new ArrayList<>();
  private final List<String> written = new ArrayList<>();
  private String segment = "";
  private OptionalLong watermarkMs = OptionalLong.empty();
  private long rows;
  private long lateRows;

  /** The partition of the record before: most are of one. */
  private TopicPartition partition;

  private long partitionMaxMs = Long.MIN_VALUE;

  /**
   * @param rejects takes records that cannot be aggregated, and late ones if so configured
   * @param bufferBytes heap at which the fold is written
   */
  public TaskOperator(Operator operator, Rejects rejects, long bufferBytes) {
    Aggregation aggregation = operator.aggregation();
    this.operator = operator;
    this.rejects = rejects;
    this.bufferBytes = bufferBytes;
    this.eventTime = new EventTimeReader(aggregation.eventTime());
    this.keys =
        aggregation.groupBy().stream()
            .map(GroupField::field)
            .map(FieldReader::new)
            .toArray(FieldReader[]::new);
    this.arguments =
        aggregation.aggregates().stream()
            .map(aggregate -> aggregate.argument().map(FieldReader::new).orElse(null))
            .toArray(FieldReader[]::new);
    this.values = new Object[arguments.length];
    this.lastTypes = new ColumnType[keys.length + arguments.length];
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
        // A tombstone takes nothing back: windows are append-only.
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
    long micros = eventTime.micros(record);
    learned.clear();
    key.truncate(0);
    for (int i = 0; i < keys.length; i++) {
      Object value = keys[i].read(record);
      note(record, i, keys[i]);
      GroupKey.write(value, key);
    }
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] == null) {
        values[i] = true;
      } else {
        values[i] = arguments[i].read(record);
        note(record, keys.length + i, arguments[i]);
      }
    }
    if (!learned.isEmpty()) {
      learn();
    }
    seen(record, micros, latestMs);
    // A late record may still join a session that is open: there only the driver can tell.
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
    fold.add(key.array(), key.length(), values, occurrence);
    rows++;
  }

  /** Takes note of a field's type and refuses one that does not go with those before. */
  private void note(SinkRecord record, int i, FieldReader field) {
    ColumnType type = field.type();
    if (type == null || type.equals(lastTypes[i])) {
      return;
    }
    ColumnType before = learned.getOrDefault(field.path(), types.get(field.path()));
    if (i < keys.length && before != null && !FieldTypes.haveOneKey(before, type)) {
      throw FieldErrors.otherKey(record, field.path(), before, type);
    }
    ColumnType union = before == null ? type : TypeUnion.of(before, type, field.path());
    if (i >= keys.length) {
      Aggregate aggregate = operator.aggregation().aggregates().get(i - keys.length);
      try {
        var unused = aggregate.function().resultType(Optional.of(union));
      } catch (ArgumentException e) {
        throw FieldErrors.unfit(record, aggregate.call(), e);
      }
    }
    learned.put(field.path(), union);
  }

  private void learn() {
    types.putAll(learned);
    for (int i = 0; i < lastTypes.length; i++) {
      FieldReader field = i < keys.length ? keys[i] : arguments[i - keys.length];
      if (field != null && field.type() != null) {
        lastTypes[i] = field.type();
      }
    }
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
    SortedMap<String, String> texts = new TreeMap<>();
    types.forEach((path, type) -> texts.put(path, type.toString()));
    var part = new OperatorSegment(operator.definition(), rows, lateRows, maxEventMs, texts, runs);
    // From here on a segment may name them, whatever becomes of the caller.
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
            "Could not delete abandoned run {}; it is removed with old batches",
            operator.runs().describe(operator.runs().file(name)),
            e);
      }
    }
    clear();
  }

  private void clear() {
    fold.clear();
    runs.clear();
    written.clear();
    maxEventMs.clear();
    types.clear();
    types.putAll(knownTypes);
    Arrays.fill(lastTypes, null);
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
