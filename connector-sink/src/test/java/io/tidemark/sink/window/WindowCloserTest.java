package io.tidemark.sink.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.delta.schema.FieldRef;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryFiles;
import io.tidemark.sink.fake.MemoryStorage;
import io.tidemark.sink.fake.MemoryTables;
import io.tidemark.sink.file.DataFiles;
import io.tidemark.sink.record.Rejects;
import io.tidemark.windows.close.Operator;
import io.tidemark.windows.config.Aggregates;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.EventTime;
import io.tidemark.windows.config.WatermarkSpec;
import io.tidemark.windows.config.WindowSpec;
import io.tidemark.windows.run.PlainRunStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowCloserTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final SegmentId SEGMENT = new SessionId(0, 1, 0, "000000aa").firstSegment();
  private static final String WRITER = "0123456789abcdef";

  private final Faults faults = new Faults();
  private final MemoryStorage storage = new MemoryStorage(faults);
  private final MemoryFiles files = new MemoryFiles(faults, "memory:/windows");
  private final CheckpointLocation checkpoint = new CheckpointLocation(storage);
  private final Operator operator =
      new Operator(
          new Aggregation(
              "counts",
              new EventTime(Optional.of(FieldRef.parse("t")), EventTime.Format.MILLIS),
              WindowSpec.tumbling(60_000_000),
              "window",
              List.of(),
              Aggregates.parse("n=count(*)"),
              Optional.empty(),
              new WatermarkSpec(0, WatermarkSpec.Policy.MIN, 0, Long.MAX_VALUE / 4),
              "windows",
              false,
              false,
              0,
              true),
          new PlainRunStore(storage, "state/counts"));
  private final WindowCloser closer =
      new WindowCloser(
          checkpoint,
          List.of(operator),
          files.writer("id-1"),
          Rejects.none(),
          new DataFiles(files, new MemoryTables(faults), new LongAdder()),
          WRITER,
          10);
  private Batch plan;

  @BeforeEach
  void planABatchThatClosesAWindow() throws IOException {
    TaskOperator task =
        new TaskOperator(operator, new Rejects(Optional.empty(), false), Long.MAX_VALUE);
    task.begin(SEGMENT.toString());
    task.add(List.of(record(0, 5_000), record(1, 65_000)), 100_000);
    Segment segment =
        new Segment(
            SEGMENT,
            0,
            Offsets.sorted(Map.of(P0, new OffsetRange(0, 2, true))),
            new TreeMap<>(),
            List.of(),
            new TreeMap<>(Map.of("counts", task.finish())),
            new TreeMap<>(Offsets.ORDER));
    plan = closer.complete(Batch.NONE, outline(), Map.of(SEGMENT, segment), true);
    assertThat(files.paths()).hasSize(1);
    assertThat(attempts()).hasSize(1);
  }

  @Test
  void forgetsTheAttemptWhosePlanIsCommitted() {
    closer.committed(plan);
    assertThat(attempts()).isEmpty();
    assertThat(files.paths()).hasSize(1);
  }

  @Test
  void leavesNothingOfAnAttemptThatLost() {
    closer.lost(plan);
    assertThat(attempts()).isEmpty();
    assertThat(files.paths()).isEmpty();
  }

  /** A create that timed out can let a driver lose against a plan of its own. */
  @Test
  void keepsAnAttemptThatLostUntilItsFilesAreGoneThoughABatchOfThisDriverIsCommitted() {
    faults.failAll("delete data file");
    closer.lost(plan);
    closer.committed(outline());
    assertThat(files.paths()).hasSize(1);
    assertThat(attempts()).hasSize(1);
  }

  private List<String> attempts() {
    return storage.paths().stream().filter(path -> path.startsWith("attempts/")).toList();
  }

  private static SinkRecord record(long offset, long eventMs) {
    return new SinkRecord("orders", 0, null, null, null, Map.of("t", eventMs), offset);
  }

  private static Batch outline() {
    return new Batch(
        0,
        WRITER,
        0,
        DecidedSegments.taking(List.of(SEGMENT)),
        new Frontier(Offsets.sorted(Map.of(P0, 2L))),
        new TreeMap<>(),
        new TreeMap<>());
  }
}
