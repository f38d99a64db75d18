package io.tidemark.sink.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.DeltaTables;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryStorage;
import io.tidemark.sink.file.DataFileStore;
import io.tidemark.sink.file.DataFiles;
import io.tidemark.sink.file.FileOptions;
import io.tidemark.sink.file.ParquetRecordWriter;
import io.tidemark.sink.file.TableOptions;
import io.tidemark.sink.record.QueueFigures;
import io.tidemark.sink.record.RecordOptions;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.record.TableRouter;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.windows.close.Operator;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.WindowedAggregateConfig;
import io.tidemark.windows.run.PlainRunStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row that its table cannot take is a dead letter, and no more than that. */
class RejectedRowsTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final SessionId SESSION = new SessionId(0, 1, 0, "000000aa");
  private static final String WRITER = "0123456789abcdef";
  private static final long MINUTE = 60_000;

  @TempDir private Path directory;

  private record Letter(SinkRecord record, String reason) {}

  /** A connector with one operator, over a real table. */
  private static final class Sink {

    final List<Letter> letters = new ArrayList<>();
    final List<Letter> records = new ArrayList<>();
    private final DeltaTables tables =
        new DeltaTables(new HadoopFileSystems(Map.of()), "Tidemark/test");
    private final String location;
    private final TaskOperator task;
    private final WindowCloser closer;
    private Batch committed = Batch.NONE;
    private long offset;

    Sink(Path table, boolean tolerated, String... changes) {
      this(table, tolerated, Optional.empty(), changes);
    }

    Sink(
        Path table, boolean tolerated, Optional<ErrantRecordReporter> reporter, String... changes) {
      this.location = table.toString();
      MemoryStorage storage = new MemoryStorage(new Faults());
      Map<String, String> props =
          new TreeMap<>(
              Map.of(
                  "aggregates", "s=sum(a), m=max(a), c=collect_set(a, 3)",
                  "group.by", "g",
                  "event.time.field", "t",
                  "event.time.max.ahead.ms", "9223372036854",
                  "window.size.ms", "60000",
                  "watermark.delay.ms", "0"));
      for (int i = 0; i < changes.length; i += 2) {
        props.put(changes[i], changes[i + 1]);
      }
      Aggregation aggregation = new WindowedAggregateConfig(props).aggregation("revenue");
      Operator operator = new Operator(aggregation, new PlainRunStore(storage, "state/revenue"));
      this.task =
          new TaskOperator(operator, new Rejects(Optional.of(into(records)), true), Long.MAX_VALUE);
      Rejects rejects =
          new Rejects(
              Optional.of(reporter.orElseGet(() -> into(letters))),
              tolerated,
              QueueFigures.NONE,
              50);
      DataFileStore store = new DataFileStore(new HadoopFileSystems(Map.of()));
      this.closer =
          new WindowCloser(
              new CheckpointLocation(storage),
              List.of(operator),
              new ParquetRecordWriter(
                  store,
                  tables,
                  TableRouter.single(location),
                  TableOptions.defaults(),
                  RecordOptions.defaults(),
                  FileOptions.defaults(),
                  rejects),
              rejects,
              new DataFiles(store, tables, new LongAdder()),
              WRITER,
              10);
    }

    private static ErrantRecordReporter into(List<Letter> letters) {
      return (record, reason) -> {
        letters.add(new Letter(record, reason.getMessage()));
        return CompletableFuture.completedFuture(null);
      };
    }

    void declare(List<String> partitionColumns, Column... columns) throws IOException {
      tables.create(
          location,
          new TableSchema(new ColumnType.Struct(List.of(columns)), partitionColumns),
          Map.of());
    }

    SinkRecord record(long t, Object g, Object a) {
      Map<String, Object> value = new HashMap<>();
      value.put("t", t);
      value.put("g", g);
      value.put("a", a);
      return new SinkRecord("orders", 0, null, null, null, value, offset++);
    }

    /** Decides a batch of these records; how many rows it writes. */
    long batch(SinkRecord... records) throws IOException {
      long number = committed.number() + 1;
      SegmentId id = new SegmentId(SESSION, (int) number);
      long from = records[0].kafkaOffset();
      long to = from + records.length;
      task.follow(committed);
      task.begin(id.toString());
      task.add(Arrays.asList(records), 0);
      Segment segment =
          new Segment(
              id,
              0,
              Offsets.sorted(Map.of(P0, new OffsetRange(from, to, true))),
              new TreeMap<>(),
              List.of(),
              new TreeMap<>(Map.of("revenue", task.finish())),
              new TreeMap<>(Offsets.ORDER));
      Batch outline =
          new Batch(
              number,
              WRITER,
              0,
              DecidedSegments.taking(List.of(id)),
              new Frontier(Offsets.sorted(Map.of(P0, to))),
              new TreeMap<>(),
              new TreeMap<>());
      committed = closer.complete(committed, outline, Map.of(id, segment), true);
      return committed.results().stream().mapToLong(DataFile::rows).sum();
    }
  }

  @Test
  void continuesAfterASumOfFractionsForAColumnOfWholeNumbers() throws IOException {
    Sink sink = new Sink(directory.resolve("table"), true, "aggregates", "s=sum(a)");
    assertThat(
            sink.batch(
                sink.record(0, "x", 1L), sink.record(1, "x", 2L), sink.record(MINUTE, "x", 4L)))
        .isEqualTo(1);
    assertThat(
            sink.batch(
                sink.record(MINUTE + 1, "x", 0.5),
                sink.record(MINUTE + 2, "y", 7.0),
                sink.record(2 * MINUTE, "x", 8L)))
        .isEqualTo(1);
    assertThat(sink.letters)
        .singleElement()
        .extracting(Letter::reason)
        .asString()
        .startsWith(
            "TM-104 Cannot write field s of the row of revenue for the window from"
                + " 1970-01-01T00:01:00Z to 1970-01-01T00:02:00Z and the group whose key hashes to"
                + " ")
        .doesNotContain("4.5");
    assertThat(sink.batch(sink.record(3 * MINUTE, "x", 8L))).isEqualTo(1);
    assertThat(sink.letters).hasSize(1);
  }

  @Test
  void continuesAfterASumThatDoesNotFit() throws IOException {
    Sink sink = new Sink(directory.resolve("table"), true, "aggregates", "s=sum(a), n=count(*)");
    long most = 9_000_000_000_000_000_000L;
    assertThat(
            sink.batch(
                sink.record(0, "x", most),
                sink.record(1, "x", most),
                sink.record(2, "y", 1L),
                sink.record(MINUTE, "x", 1L)))
        .isEqualTo(1);
    Letter letter = sink.letters.get(0);
    assertThat(letter.reason()).startsWith("TM-440").doesNotContain("9000");
    Struct row = (Struct) letter.record().value();
    assertThat(row.get("g")).isEqualTo("x");
    assertThat(row.get("s")).isNull();
    assertThat(row.get("n")).isEqualTo(2L);
    assertThat(sink.batch(sink.record(2 * MINUTE, "x", 1L))).isEqualTo(1);
  }

  @Test
  void stopsWithTheReasonAndARemedyWhereErrorsAreNotTolerated() {
    Sink sink = new Sink(directory.resolve("table"), false, "aggregates", "s=sum(a)");
    long most = 9_000_000_000_000_000_000L;
    assertThatThrownBy(
            () ->
                sink.batch(
                    sink.record(0, "x", most),
                    sink.record(1, "x", most),
                    sink.record(MINUTE, "x", 1L)))
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("TM-440")
        .hasMessageContaining(
            "Set errors.tolerance=all and errors.deadletterqueue.topic.name: the row then goes"
                + " to that topic");
  }

  @Test
  void hasNoPlanBeforeTheLetterIsAcknowledged() throws IOException {
    List<CompletableFuture<Void>> reports = new ArrayList<>();
    ErrantRecordReporter slow =
        (record, reason) -> {
          CompletableFuture<Void> report = new CompletableFuture<>();
          reports.add(report);
          return report;
        };
    Sink sink =
        new Sink(
            directory.resolve("table"),
            true,
            Optional.of(slow),
            "aggregates",
            "c=collect_set(a, 1)");
    SinkRecord[] records = {
      sink.record(0, "x", 1L), sink.record(1, "x", 2L), sink.record(MINUTE, "x", 1L)
    };
    assertThatThrownBy(() -> sink.batch(records))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has not acknowledged the dead letter of the row of revenue");
    assertThat(reports).hasSize(1);
    ErrantRecordReporter broken =
        (record, reason) -> CompletableFuture.failedFuture(new IOException("too large"));
    Sink other =
        new Sink(
            directory.resolve("other"),
            true,
            Optional.of(broken),
            "aggregates",
            "c=collect_set(a, 1)");
    assertThatThrownBy(() -> other.batch(records)).hasMessageStartingWith("TM-130");
  }

  /** Whatever is declared: a window is a row or a letter. */
  @Test
  void everyWindowOfRandomRecordsIsARowOrALetter() throws IOException {
    long seed = Long.getLong("tidemark.seed", System.nanoTime());
    Random seeds = new Random(seed);
    long letters = 0;
    long rows = 0;
    for (int i = 0; i < 60; i++) {
      Random random = new Random(seeds.nextLong());
      Sink sink = new Sink(directory.resolve("table" + i), true);
      Set<List<Object>> expected = new HashSet<>();
      String declared = declare(sink, random);
      long written = 0;
      try {
        for (int batch = 0; batch < 4; batch++) {
          List<SinkRecord> records = new ArrayList<>();
          for (int r = 0; r < 30; r++) {
            long t = batch * 5L * MINUTE + random.nextLong(5 * MINUTE);
            records.add(sink.record(t, group(random), amount(random)));
          }
          records.add(sink.record((batch + 1L) * 5 * MINUTE, null, null));
          int before = sink.records.size();
          written += sink.batch(records.toArray(SinkRecord[]::new));
          Set<Long> refused = new HashSet<>();
          sink.records
              .subList(before, sink.records.size())
              .forEach(letter -> refused.add(letter.record().kafkaOffset()));
          for (SinkRecord record : records) {
            Map<?, ?> value = (Map<?, ?>) record.value();
            if (!refused.contains(record.kafkaOffset())) {
              expected.add(Arrays.asList((Long) value.get("t") / MINUTE, value.get("g")));
            }
          }
        }
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ", table " + i + " of " + declared, e);
      }
      long closed = expected.stream().filter(one -> (Long) one.get(0) < 20).count();
      assertThat(written + sink.letters.size())
          .as("windows, with seed %s, table %s of %s", seed, i, declared)
          .isEqualTo(closed);
      letters += sink.letters.size();
      rows += written;
    }
    assertThat(letters).as("letters with seed %s", seed).isPositive();
    assertThat(rows).as("rows with seed %s", seed).isPositive();
  }

  private static String declare(Sink sink, Random random) throws IOException {
    List<Column> columns = new ArrayList<>();
    Column start = new Column("start", Primitive.TIMESTAMP, true);
    Column end = new Column("end", Primitive.TIMESTAMP, true);
    if (random.nextInt(10) > 0) {
      columns.add(new Column("window", new ColumnType.Struct(List.of(start, end)), true));
    }
    for (String name : new String[] {"g", "s", "m", "C"}) {
      if (random.nextInt(3) > 0) {
        columns.add(new Column(name, type(random), random.nextInt(4) > 0));
      }
    }
    if (columns.isEmpty()) {
      return "nothing";
    }
    boolean partitioned =
        columns.size() > 1
            && columns.get(1).name().equals("g")
            && columns.get(1).type() != Primitive.BINARY;
    sink.declare(
        partitioned && random.nextBoolean() ? List.of("g") : List.of(),
        columns.toArray(Column[]::new));
    return columns.toString();
  }

  private static ColumnType type(Random random) {
    List<ColumnType> types = new ArrayList<>(List.of(Primitive.values()));
    types.add(new ColumnType.Decimal(5, 2));
    types.add(new ColumnType.Decimal(38, 0));
    types.addAll(List.of(Primitive.LONG, Primitive.STRING, Primitive.DOUBLE));
    return types.get(random.nextInt(types.size()));
  }

  private static Object group(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> null;
      case 1 -> "";
      case 2 -> "long text " + random.nextInt(3);
      case 3 -> 5L;
      default -> "x";
    };
  }

  private static Object amount(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> null;
      case 1 -> 9_000_000_000_000_000_000L;
      case 2 -> random.nextDouble();
      case 3 -> new BigDecimal("12345678901234567890.12");
      case 4 -> "text";
      case 5 -> Double.NaN;
      default -> (long) random.nextInt(100);
    };
  }
}
