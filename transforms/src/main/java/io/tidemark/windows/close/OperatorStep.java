package io.tidemark.windows.close;

import io.tidemark.checkpoint.log.EventProgress;
import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Run;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.windows.fold.KeyFold;
import io.tidemark.windows.fold.Slices;
import io.tidemark.windows.run.MergingReader;
import io.tidemark.windows.run.RunReader;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What a batch does to one operator: the runs of its segments become live, the watermark advances,
 * and windows that end at or before it close. The result depends on the logs alone: every driver
 * computes the same rows.
 */
public final class OperatorStep {

  /** The number of runs of open sessions that are merged even if no session has ended. */
  private static final int MOST_SESSION_RUNS = 32;

  private final Operator operator;
  private final RowSink sink;
  private final DuplicateSink duplicates;
  private long closed;
  private long lateRows;

  /** Takes result rows. */
  @FunctionalInterface
  public interface RowSink {
    void row(ResultRow row) throws IOException;
  }

  /** Takes the rows of data files that do not stay, because they are duplicates or late. */
  @FunctionalInterface
  public interface DuplicateSink {
    /**
     * @param file number of the file in the segment
     * @param position number of the row in the file, from 0
     */
    void drop(Segment segment, int file, long position);
  }

  /** Returns a new name for a run that the driver writes. */
  @FunctionalInterface
  public interface RunNames {
    String next();
  }

  /** A step of an operator that drops no duplicates. */
  public OperatorStep(Operator operator, RowSink sink) {
    this(
        operator,
        sink,
        (segment, file, position) -> {
          throw new IllegalStateException(operator.name() + " drops no rows");
        });
  }

  public OperatorStep(Operator operator, RowSink sink, DuplicateSink duplicates) {
    this.operator = operator;
    this.sink = sink;
    this.duplicates = duplicates;
  }

  /**
   * The state after a batch.
   *
   * @param before the state after the previous batch
   * @param batch number of the batch
   * @param accepted its segments
   * @param partitions all topic-partitions that the batches have named
   * @param mayBegin whether the watermark may begin if there is none yet
   * @throws io.tidemark.windows.run.RunMissingException when the file of a run is missing
   */
  public OperatorState next(
      OperatorState before,
      long batch,
      List<Segment> accepted,
      Collection<TopicPartition> partitions,
      boolean mayBegin,
      RunNames names)
      throws IOException {
    if (!before.runs().isEmpty()) {
      requireSame(before.definition());
    }
    SortedMap<String, String> types = new TreeMap<>(before.types());
    SortedMap<TopicPartition, EventProgress> progress = progress(before, partitions);
    List<LiveRun> brought = new ArrayList<>();
    List<Segment> sources = new ArrayList<>();
    long rows = 0;
    for (Segment segment : accepted) {
      advance(progress, segment);
      OperatorSegment part = segment.operators().get(operator.name());
      if (part != null) {
        requireSame(part.definition());
        types = FieldTypes.union(types, part.types());
        part.maxEventMs().forEach((at, ms) -> progress.compute(at, (p, was) -> seen(was, ms)));
        for (Run run : part.runs()) {
          brought.add(LiveRun.of(run, batch));
          sources.add(segment);
        }
        rows += part.rows();
        lateRows += part.lateRows();
      }
    }
    progress.replaceAll(
        (partition, was) -> operator.reads(partition.topic()) ? was : was.silent(true));
    OptionalLong watermark =
        before.watermarkMs().isEmpty() && !mayBegin
            ? before.watermarkMs()
            : Watermark.next(operator.aggregation().watermark(), before.watermarkMs(), progress);
    long partials = brought.stream().mapToLong(live -> live.run().partials()).sum();
    List<LiveRun> live =
        operator.isDistinct()
            ? dropDuplicates(before, brought, sources, watermark, batch, names)
            : close(
                before,
                brought,
                watermark,
                batch,
                new ResultRows(operator.aggregation(), operator.layout(), types),
                names);
    return new OperatorState(
        operator.definition(),
        watermark,
        progress,
        types,
        live,
        new OperatorState.Counts(rows, partials, closed, lateRows));
  }

  private void requireSame(SortedMap<String, String> found) {
    if (!found.equals(operator.definition())) {
      throw WindowErrors.otherDefinition(operator.name(), found, operator.definition());
    }
  }

  private static SortedMap<TopicPartition, EventProgress> progress(
      OperatorState before, Collection<TopicPartition> partitions) {
    SortedMap<TopicPartition, EventProgress> progress = new TreeMap<>(Offsets.ORDER);
    progress.putAll(before.partitions());
    partitions.forEach(partition -> progress.putIfAbsent(partition, EventProgress.NONE));
    return progress;
  }

  /** A partition is idle from the time its task reports until it has records again. */
  private void advance(Map<TopicPartition, EventProgress> progress, Segment segment) {
    long timeoutMs = operator.aggregation().watermark().idleTimeoutMs();
    for (Map.Entry<TopicPartition, OffsetRange> range : segment.ranges().entrySet()) {
      if (range.getValue().to() > range.getValue().from()) {
        progress.compute(range.getKey(), (at, was) -> orNone(was).silent(false));
      }
    }
    segment
        .silentSinceMs()
        .forEach(
            (at, sinceMs) -> {
              if (timeoutMs > 0 && segment.sealedMs() - sinceMs >= timeoutMs) {
                progress.compute(at, (any, was) -> orNone(was).silent(true));
              }
            });
  }

  private static EventProgress orNone(EventProgress progress) {
    return progress == null ? EventProgress.NONE : progress;
  }

  private static EventProgress seen(EventProgress before, long eventMs) {
    return orNone(before).seen(eventMs);
  }

  private static List<LiveRun> joined(List<LiveRun> one, List<LiveRun> other) {
    List<LiveRun> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  private List<LiveRun> close(
      OperatorState before,
      List<LiveRun> brought,
      OptionalLong watermark,
      long batch,
      ResultRows results,
      RunNames names)
      throws IOException {
    if (watermark.isEmpty()) {
      return joined(before.runs(), brought);
    }
    return operator.isSession()
        ? closeSessions(before, brought, watermark.getAsLong(), batch, results, names)
        : closeWindows(before, brought, watermark.getAsLong(), results);
  }

  private List<LiveRun> closeWindows(
      OperatorState before, List<LiveRun> brought, long watermarkMs, ResultRows results)
      throws IOException {
    Slices slices = operator.slices();
    WindowClosing closing = new WindowClosing(slices, operator.layout());
    OptionalLong after = micros(before.watermarkMs());
    long upto = watermarkMs * 1000;
    if (after.isPresent()) {
      for (LiveRun live : brought) {
        if (slices.lastEnd(live.run().minMicros()) <= after.getAsLong()) {
          try (RunReader run = RunReaders.open(operator.runs(), live.run())) {
            lateRows += closing.lateRows(after.getAsLong(), run);
          }
        }
      }
    }
    List<LiveRun> all = joined(before.runs(), brought);
    List<LiveRun> due =
        all.stream().filter(live -> isDue(slices, live.run(), after, upto)).toList();
    if (!due.isEmpty()) {
      closing.close(
          after,
          upto,
          RunReaders.openAll(operator.runs(), due, slices.perWindow()),
          emitting(results));
    }
    all.removeIf(live -> slices.lastEnd(live.run().maxMicros()) <= upto);
    return all;
  }

  /**
   * Whether a run may hold slices of windows that end after {@code after} and not after {@code
   * upto}.
   */
  private static boolean isDue(Slices slices, Run run, OptionalLong after, long upto) {
    return slices.firstWindow(run.minMicros()) + slices.sizeMicros() <= upto
        && (after.isEmpty()
            || (after.getAsLong() < upto && slices.lastEnd(run.maxMicros()) > after.getAsLong()));
  }

  private List<LiveRun> closeSessions(
      OperatorState before,
      List<LiveRun> brought,
      long watermarkMs,
      long batch,
      ResultRows results,
      RunNames names)
      throws IOException {
    List<LiveRun> all = joined(before.runs(), brought);
    long upto = watermarkMs * 1000;
    boolean due = all.stream().anyMatch(live -> live.run().minMicros() <= upto);
    if (all.isEmpty() || (!due && all.size() <= MOST_SESSION_RUNS)) {
      return all;
    }
    OptionalLong after = micros(before.watermarkMs());
    List<RunReader> readers = new ArrayList<>(RunReaders.openAll(operator.runs(), before.runs()));
    List<OnTimeReader> onTime = new ArrayList<>();
    RunWriter open;
    try {
      for (LiveRun live : brought) {
        RunReader run = RunReaders.open(operator.runs(), live.run());
        OnTimeReader reader = new OnTimeReader(run, after.orElse(Long.MIN_VALUE));
        onTime.add(reader);
        readers.add(reader);
      }
      open = operator.runs().create(names.next());
    } catch (IOException | RuntimeException e) {
      MergingReader.closeAll(readers);
      throw e;
    }
    Optional<Run> kept;
    try (open) {
      kept =
          new SessionWindowClosing(operator.layout()).close(readers, upto, open, emitting(results));
    }
    onTime.forEach(reader -> lateRows += reader.lateRows());
    return kept.map(run -> List.of(LiveRun.of(run, batch))).orElse(List.of());
  }

  /**
   * The runs of tasks are read here only. They must not be live: they have the keys of rows that
   * are dropped too, and a key would be kept for as long as it is repeated.
   */
  private List<LiveRun> dropDuplicates(
      OperatorState before,
      List<LiveRun> brought,
      List<Segment> sources,
      OptionalLong watermark,
      long batch,
      RunNames names)
      throws IOException {
    long delayMs = operator.aggregation().watermark().delayMs();
    List<LiveRun> live = new ArrayList<>(before.runs());
    if (!brought.isEmpty()) {
      DistinctRows rows =
          new DistinctRows(
              delayMs,
              before.watermarkMs(),
              watermark,
              (run, file, position) -> duplicates.drop(sources.get(run), file, position));
      try (LiveKeys keys = new LiveKeys(RunReaders.openAll(operator.runs(), before.runs()));
          MergingReader merging = new MergingReader(RunReaders.openAll(operator.runs(), brought));
          RunWriter target = operator.runs().create(names.next())) {
        rows.decide(keys, merging, target).ifPresent(run -> live.add(LiveRun.of(run, batch)));
      }
      closed = rows.kept();
      lateRows += rows.late();
    }
    long overMicros =
        KeyFold.micros(DistinctRows.overMs(watermark.orElse(Long.MIN_VALUE), delayMs));
    live.removeIf(run -> run.run().maxMicros() <= overMicros);
    return live;
  }

  private ClosedWindows emitting(ResultRows results) {
    return (start, end, key, from, length, group) -> {
      Optional<ResultRow> row = results.wanted(results.row(start, end, key, from, length, group));
      if (row.isPresent()) {
        sink.row(row.get());
      }
      closed++;
    };
  }

  private static OptionalLong micros(OptionalLong ms) {
    return ms.isEmpty() ? ms : OptionalLong.of(ms.getAsLong() * 1000);
  }
}
