package io.tidemark.windows.update;

import io.tidemark.common.ForwardClock;
import io.tidemark.common.TidemarkException;
import io.tidemark.windows.FatalError;
import io.tidemark.windows.close.GroupReader;
import io.tidemark.windows.config.Aggregate;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.Definition;
import io.tidemark.windows.config.UpdateSpec;
import io.tidemark.windows.field.FieldErrors;
import io.tidemark.windows.fold.Accumulators;
import io.tidemark.windows.fold.Slices;
import io.tidemark.windows.function.ArgumentException;
import io.tidemark.windows.function.Occurrence;
import io.tidemark.windows.function.ResultOverflowException;
import io.tidemark.windows.state.StateChanges;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Turns each record into the current row of its group. A record is added to the state once, even if
 * it is read several times; each time it is read, the row is emitted. Used by the thread of one
 * task.
 */
public final class UpdateOperator implements AutoCloseable {

  /** If none of this many records has a field, its name may be wrong. */
  private static final int RECORDS_TO_JUDGE_BY = 100;

  private final Aggregation aggregation;
  private final UpdateSpec spec;
  private final PartitionStates states;
  private final Supplier<TaskName> naming;
  private final LongSupplier nanos;
  private final LongSupplier nowMs;
  private final SortedMap<String, String> definition;
  private final Slices windows;
  private final GroupReader reader;
  private final OpenGroup group;
  private final RowsOfTypes rows;
  private final Occurrence occurrence = new Occurrence();
  private final Holder holder = new Holder();
  private final Map<TopicPartition, Slot> slots = new HashMap<>();
  private TaskName task;
  private Path root;
  private TopicPartition partition;
  private Slot slot;

  /**
   * Does not open any state.
   *
   * @param naming returns the task of the current thread
   * @param nanos a clock that only goes forward
   * @param nowMs epoch milliseconds
   */
  UpdateOperator(
      Aggregation aggregation,
      UpdateSpec spec,
      PartitionStates states,
      Supplier<TaskName> naming,
      LongSupplier nanos,
      LongSupplier nowMs) {
    this.aggregation = aggregation;
    this.spec = spec;
    this.states = states;
    this.naming = naming;
    this.nanos = nanos;
    this.nowMs = nowMs;
    this.definition = Definition.of(aggregation);
    this.windows = new Slices(aggregation.window());
    this.reader = new GroupReader(aggregation);
    Accumulators layout =
        new Accumulators(aggregation.aggregates().stream().map(Aggregate::function).toList());
    this.group = new OpenGroup(layout);
    this.rows = new RowsOfTypes(aggregation, layout);
  }

  /** In a worker, for the task on whose thread it is first used. */
  public static UpdateOperator ofWorker(Aggregation aggregation, UpdateSpec spec) {
    return new UpdateOperator(
        aggregation,
        spec,
        PartitionStates.OF_WORKER,
        TaskName::ofThread,
        System::nanoTime,
        ForwardClock.SYSTEM);
  }

  /**
   * Adds a record.
   *
   * @return the row of its group; empty when it is late, has no value, or the row does not meet the
   *     condition
   * @throws TidemarkException when the record cannot be aggregated; it is left out
   * @throws FatalError when the state cannot be used, or does not match the earlier records
   */
  public Optional<UpdateRow> add(SinkRecord record) {
    Slot at = slot(record);
    synchronized (at) {
      if (holder.isSuperseded()) {
        throw UpdateErrors.superseded(root);
      }
      try {
        return add(record, at.state(holder, aggregation, definition, spec));
      } catch (Refusal e) {
        throw e.reason();
      } catch (RuntimeException e) {
        throw failed(at, UpdateErrors.unreadable(StatePaths.partition(root, partition), e));
      } catch (Error e) {
        throw failed(at, e);
      }
    }
  }

  /** Discards the state in memory; the next record continues from the state on disk. */
  private static Error failed(Slot at, Error error) {
    try {
      at.discard();
    } catch (FatalError e) {
      error.addSuppressed(e);
    }
    return error;
  }

  private Slot slot(SinkRecord record) {
    if (root == null) {
      TaskName name = naming.get();
      Path at = StatePaths.root(spec, name);
      states.join(at, name, holder);
      task = name;
      root = at;
    }
    if (partition == null
        || partition.partition() != record.originalKafkaPartition()
        || !partition.topic().equals(record.originalTopic())) {
      partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
      slot =
          slots.computeIfAbsent(
              partition, absent -> states.slot(StatePaths.partition(root, absent)));
    }
    return slot;
  }

  private Optional<UpdateRow> add(SinkRecord record, PartitionState state) {
    long offset = record.originalKafkaOffset();
    Progress progress = state.progress();
    long missing = offset - progress.seen();
    if (spec.maxGapOffsets() >= 0 && missing > spec.maxGapOffsets()) {
      throw UpdateErrors.gap(partition, progress.seen(), offset, state.directory());
    }
    boolean again = offset < progress.next();
    if (again) {
      state.retention().restart();
    }
    if (record.value() == null) {
      // A tombstone does not retract anything.
      if (!again) {
        state.write(new StateChanges(), progress.passed(offset));
      }
      return Optional.empty();
    }
    read(record, state);
    return again ? again(record, state) : first(record, state);
  }

  private void read(SinkRecord record, PartitionState state) {
    state.types().forget();
    try {
      reader.read(record, state.types());
      rows.of(state.types().freshTexts()).requireMillis(record, reader);
      reader.tellOfMissing(RECORDS_TO_JUDGE_BY, state.types().texts().keySet());
    } catch (RuntimeException e) {
      throw refused(record, state, new StateChanges(), e);
    }
  }

  /** The record is new. */
  private Optional<UpdateRow> first(SinkRecord record, PartitionState state) {
    long offset = record.originalKafkaOffset();
    long start = windows.sliceOf(reader.micros());
    Progress before = state.progress();
    long eventMs = Math.floorDiv(reader.micros(), 1000L);
    boolean ahead = eventMs > nowMs.getAsLong() + aggregation.watermark().maxAheadMs();
    Progress after = ahead ? before.passed(offset) : before.passed(offset).at(eventMs);
    if (start + windows.sizeMicros() <= before.watermarkMicros(delayMs())) {
      state.types().forget();
      state.write(new StateChanges(), after.late());
      return Optional.empty();
    }
    byte[] key = PartitionState.key(start, reader.key());
    byte[] known = state.get(key);
    group.load(known);
    Optional<UpdateRow> row;
    try {
      occurrence.eventMicros = reader.micros();
      occurrence.offset = offset;
      occurrence.partition = partition.partition();
      occurrence.topicHash = partition.topic().hashCode();
      group.group().add(reader.arguments(), occurrence);
      row = row(record, state, start);
    } catch (ArgumentException | ResultOverflowException e) {
      // Records the offset in the group, in case the record is read again.
      state.types().forget();
      group.load(known);
      StateChanges mark = new StateChanges().put(key, group.entry(offset));
      throw refused(record, state, mark, FieldErrors.noRow(record, start, e));
    }
    StateChanges changes = new StateChanges().put(key, group.entry(offset));
    state.write(changes, removing(state, after, changes));
    return row;
  }

  /** The record was read before. */
  private Optional<UpdateRow> again(SinkRecord record, PartitionState state) {
    long offset = record.originalKafkaOffset();
    long start = windows.sliceOf(reader.micros());
    long end = start + windows.sizeMicros();
    Progress progress = state.progress();
    state.types().forget();
    byte[] known = state.get(PartitionState.key(start, reader.key()));
    long last = group.load(known);
    if (last >= offset) {
      return group.group().rows() == 0 ? Optional.empty() : row(record, state, start);
    }
    if (end > progress.watermarkMicros(delayMs())) {
      // It was not late at the time, because the watermark never goes back.
      throw UpdateErrors.backwards(partition, offset, progress.next(), state.directory());
    }
    boolean wasLate = end > progress.removedMicros() || offset >= progress.removedOffset();
    if (!wasLate && spec.maxGapOffsets() >= 0) {
      throw UpdateErrors.gone(partition, offset, state.directory());
    }
    return Optional.empty();
  }

  private Optional<UpdateRow> row(SinkRecord record, PartitionState state, long start) {
    return rows.of(state.types().freshTexts())
        .row(
            spec.topic().orElseGet(record::topic),
            start,
            reader.key(),
            group.group(),
            record.value() instanceof Struct);
  }

  /** Windows that ended long ago are removed together with the record's changes. */
  private Progress removing(PartitionState state, Progress after, StateChanges changes) {
    long watermark = after.watermarkMicros(delayMs());
    if (watermark == Progress.NONE) {
      return after;
    }
    Optional<Retention.Mark> due =
        state.retention().pass(new Retention.Mark(nanos.getAsLong(), watermark, after.next()));
    if (due.isEmpty()) {
      return after;
    }
    long last = windows.sliceOf(due.get().watermarkMicros() - windows.sizeMicros());
    long end = last + windows.sizeMicros();
    if (end <= after.removedMicros()) {
      return after;
    }
    PartitionState.removeBefore(last + 1, changes);
    return after.removed(end, due.get().offset());
  }

  private Refusal refused(
      SinkRecord record, PartitionState state, StateChanges mark, RuntimeException reason) {
    state.types().forget();
    long offset = record.originalKafkaOffset();
    if (offset >= state.progress().next()) {
      state.write(mark, state.progress().refused(offset));
    }
    return new Refusal(reason);
  }

  private long delayMs() {
    return aggregation.watermark().delayMs();
  }

  /** Closes the states that no other task has taken over. */
  @Override
  public void close() {
    if (root == null) {
      return;
    }
    states.leave(root, task, holder);
    for (Slot at : slots.values()) {
      synchronized (at) {
        at.release(holder);
      }
    }
    slots.clear();
  }
}
