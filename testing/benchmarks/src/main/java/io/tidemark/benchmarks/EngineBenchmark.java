package io.tidemark.benchmarks;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.window.TaskOperator;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.Storage;
import io.tidemark.storage.Storages;
import io.tidemark.windows.close.Compaction;
import io.tidemark.windows.close.Operator;
import io.tidemark.windows.close.OperatorStep;
import io.tidemark.windows.config.WindowKeys;
import io.tidemark.windows.config.WindowedAggregateConfig;
import io.tidemark.windows.run.PlainRunStore;
import io.tidemark.windows.run.RocksRunStore;
import io.tidemark.windows.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What windowed aggregates cost beside converters, consumer and Parquet: folding records into
 * durable runs, closing all windows, merging runs. A million records in ten segments, ten windows,
 * keys of 16 bytes, {@code sum, count, min, max} of a long. CPU time of the thread.
 *
 * <pre>
 *   EngineBenchmark DIRECTORY [rounds]
 * </pre>
 */
public final class EngineBenchmark {

  private static final int SEGMENTS = 10;
  private static final int RECORDS = 100_000;
  private static final int WINDOWS = 10;
  private static final long WINDOW_MS = 300_000;
  private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

  private final Path directory;
  private final int groups;
  private final boolean advancing;
  private final String provider;

  private EngineBenchmark(Path directory, int groups, boolean advancing, String provider) {
    this.directory = directory;
    this.groups = groups;
    this.advancing = advancing;
    this.provider = provider;
  }

  /** Prints a line per round. */
  public static void main(String[] args) throws IOException {
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
    for (String provider : List.of("rocksdb", "memory")) {
      for (int groups : new int[] {100_000, 1_000_000}) {
        for (boolean advancing : new boolean[] {false, true}) {
          for (int round = 0; round < rounds; round++) {
            new EngineBenchmark(Path.of(args[0]), groups, advancing, provider).run();
          }
        }
      }
    }
  }

  private void run() throws IOException {
    Path place = Files.createTempDirectory(directory, "engine-");
    Storage storage = Storages.open(place.toString(), new HadoopFileSystems(Map.of()));
    RunStore runs =
        provider.equals("memory")
            ? new PlainRunStore(storage, "state")
            : new RocksRunStore(storage, "state", place.resolve("scratch"));
    Operator operator =
        new Operator(
            new WindowedAggregateConfig(
                    Map.of(
                        WindowedAggregateConfig.EVENT_TIME_FIELD,
                        "at",
                        WindowedAggregateConfig.WATERMARK_DELAY_MS,
                        "0",
                        WindowKeys.SIZE_MS,
                        String.valueOf(WINDOW_MS),
                        WindowedAggregateConfig.GROUP_BY,
                        "user",
                        WindowedAggregateConfig.AGGREGATES,
                        "sum(n), count(*), min(n), max(n)"))
                .aggregation("engine"),
            runs);
    List<Segment> segments = new ArrayList<>();
    CpuClock clock = new CpuClock();
    TaskOperator task = new TaskOperator(operator, new Rejects(Optional.empty(), false), 1L << 30);
    SplittableRandom random = new SplittableRandom(42);
    long foldNanos = 0;
    long foldBytes = 0;
    for (int segment = 0; segment < SEGMENTS; segment++) {
      List<SinkRecord> records = records(random, segment);
      clock.reset();
      task.begin(id(segment).toString());
      task.add(records, Long.MAX_VALUE / 2);
      OperatorSegment part = task.finish();
      foldNanos += clock.nanos();
      foldBytes += clock.bytes();
      segments.add(segment(segment, part));
    }
    long stateBytes =
        segments.stream()
            .flatMap(one -> one.operators().get("engine").runs().stream())
            .mapToLong(run -> run.bytes())
            .sum();
    clock.reset();
    long[] rows = {0};
    OperatorState open = step(operator, segments, rows, false);
    long planNanos = clock.nanos();
    clock.reset();
    new Compaction(operator).merge(open.runs(), Long.MIN_VALUE, "merged-c");
    long mergeNanos = clock.nanos();
    clock.reset();
    long wall = System.nanoTime();
    step(operator, segments, rows, true);
    long closeNanos = clock.nanos();
    wall = System.nanoTime() - wall;
    System.out.printf(
        Locale.ROOT,
        "%-8s groups=%-8d %-9s fold+run %4d ns/record (%d B allocated)  state %.0f kB/segment,"
            + " %.1f B/partial  nothing to close %.2f ms  merge 10 runs %4d ms"
            + "  close %d rows: %d ms CPU (%d ms wall), %d ns/row%n",
        provider,
        groups,
        advancing ? "advancing" : "uniform",
        foldNanos / SEGMENTS / RECORDS,
        foldBytes / SEGMENTS / RECORDS,
        stateBytes / 1000.0 / SEGMENTS,
        (double) stateBytes / open.partials(),
        planNanos / 1e6,
        mergeNanos / 1_000_000,
        rows[0],
        closeNanos / 1_000_000,
        wall / 1_000_000,
        closeNanos / Math.max(1, rows[0]));
    delete(place);
  }

  private static OperatorState step(
      Operator operator, List<Segment> segments, long[] rows, boolean close) throws IOException {
    List<Segment> all = new ArrayList<>(segments);
    if (close) {
      OperatorSegment end =
          new OperatorSegment(
              operator.definition(),
              0,
              0,
              Offsets.sorted(Map.of(PARTITION, 100 * WINDOW_MS)),
              new TreeMap<>(),
              List.of());
      all.add(segment(SEGMENTS, end));
    }
    return new OperatorStep(operator, row -> rows[0]++)
        .next(
            OperatorState.initial(operator.definition()),
            0,
            all,
            List.of(PARTITION),
            close,
            () -> "unused");
  }

  private List<SinkRecord> records(SplittableRandom random, int segment) {
    List<SinkRecord> records = new ArrayList<>(RECORDS);
    int perWindow = groups / WINDOWS;
    for (int i = 0; i < RECORDS; i++) {
      int window = advancing && random.nextInt(20) != 0 ? segment : random.nextInt(WINDOWS);
      Map<String, Object> value = new HashMap<>();
      value.put("at", window * WINDOW_MS + random.nextInt((int) WINDOW_MS));
      value.put("user", "user-" + (10_000_000_000L + random.nextInt(perWindow)));
      value.put("n", random.nextLong(1000));
      long offset = (long) segment * RECORDS + i;
      records.add(new SinkRecord("orders", 0, null, null, null, value, offset));
    }
    return records;
  }

  private static SegmentId id(int sequence) {
    return new SegmentId(new SessionId(0, 1, 0, "00000000"), sequence);
  }

  private static Segment segment(int sequence, OperatorSegment part) {
    return new Segment(
        id(sequence),
        0,
        Offsets.sorted(
            Map.of(
                PARTITION,
                new OffsetRange(
                    (long) sequence * RECORDS, (sequence + 1L) * RECORDS, sequence == 0))),
        new TreeMap<>(),
        List.of(),
        new TreeMap<>(Map.of("engine", part)),
        new TreeMap<>(Offsets.ORDER));
  }

  private static void delete(Path place) throws IOException {
    try (var files = Files.walk(place)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
