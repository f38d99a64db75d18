package io.tidemark.sink.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.WindowStates;
import io.tidemark.checkpoint.log.WrittenTables;
import io.tidemark.common.DataFile;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryFiles;
import io.tidemark.sink.fake.MemoryStorage;
import io.tidemark.sink.fake.MemoryTables;
import io.tidemark.sink.file.DataFiles;
import io.tidemark.sink.file.FileOwner;
import io.tidemark.sink.file.RecordWriter;
import io.tidemark.sink.record.Rejects;
import io.tidemark.windows.close.Operator;
import io.tidemark.windows.config.DropDuplicatesConfig;
import io.tidemark.windows.run.PlainRunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** From the segments of two tasks to a plan without duplicates, which another driver makes too. */
class DroppedDuplicatesTest {

  private static final String TABLE = "memory:/orders";

  private final Faults faults = new Faults();
  private final MemoryStorage storage = new MemoryStorage(faults);
  private final MemoryFiles files = new MemoryFiles(faults, TABLE);
  private final CheckpointLocation checkpoint = new CheckpointLocation(storage);
  private final Map<SegmentId, Segment> segments = new LinkedHashMap<>();
  private Batch committed = Batch.NONE;
  private final WindowCloser closer = closer("0123456789abcdef");

  private Operator operator() {
    return new Operator(
        new DropDuplicatesConfig(Map.of("keys", "id", "watermark.delay.ms", "60000"))
            .aggregation("once"),
        new PlainRunStore(storage, "state/once"));
  }

  private WindowCloser closer(String writer) {
    return new WindowCloser(
        checkpoint,
        List.of(operator()),
        files.writer("id-1"),
        Rejects.none(),
        new DataFiles(files, new MemoryTables(faults), new LongAdder()),
        writer,
        10);
  }

  /** A task seals events of these keys. */
  private void seal(int task, String... keys) throws IOException {
    SegmentId id = new SegmentId(new SessionId(task, 1, 0, "000000aa"), segments.size());
    TaskDeduplication operator =
        new TaskDeduplication(operator(), new Rejects(Optional.empty(), false), Long.MAX_VALUE);
    RecordWriter writer = files.writer("id-1");
    operator.begin(id.toString());
    writer.begin(new FileOwner(id.toString(), table -> {}));
    List<SinkRecord> records = new ArrayList<>();
    for (String key : keys) {
      records.add(
          new SinkRecord(
              "orders",
              task,
              null,
              null,
              null,
              Map.of("id", key),
              records.size(),
              100_000L,
              TimestampType.CREATE_TIME));
    }
    writer.write(records, operator.gate(records, records, 200_000).orElseThrow());
    List<DataFile> written = writer.finish();
    segments.put(
        id,
        new Segment(
            id,
            0,
            Offsets.sorted(
                Map.of(new TopicPartition("orders", task), new OffsetRange(0, keys.length, true))),
            new TreeMap<>(Map.of(TABLE, "id-1")),
            written,
            new TreeMap<>(Map.of("once", operator.finish())),
            new TreeMap<>(Offsets.ORDER)));
  }

  /** As the planner outlines it. */
  private Batch outline() {
    long number = committed.number() + 1;
    SortedMap<String, Long> writes = new TreeMap<>(Map.of(TABLE, number));
    return new Batch(
            number,
            "0123456789abcdef",
            0,
            DecidedSegments.taking(List.copyOf(segments.keySet())),
            new Frontier(Offsets.sorted(Map.of(new TopicPartition("orders", 0), 2L))),
            new TreeMap<>(Map.of(TABLE, "id-1")),
            new TreeMap<>())
        .closing(
            new WindowStates(committed.operators(), List.of()),
            new WrittenTables(new TreeMap<>(Map.of(TABLE, "id-1")), writes));
  }

  private Batch complete(WindowCloser of) throws IOException {
    return of.complete(committed, outline(), segments, true);
  }

  private List<String> rows(Batch plan) {
    List<String> rows = new ArrayList<>();
    List<DataFile> all = new ArrayList<>(plan.results());
    segments.values().forEach(segment -> all.addAll(segment.files()));
    all.removeAll(plan.replaced());
    all.forEach(file -> rows.addAll(files.records(file)));
    return rows;
  }

  @Test
  void twoTasksWithOneKeyBringOneRow() throws IOException {
    seal(0, "a", "b");
    seal(1, "b", "c");
    Batch plan = complete(closer);
    assertThat(rows(plan)).containsExactlyInAnyOrder("orders-0@0", "orders-0@1", "orders-1@1");
    assertThat(plan.replaced()).hasSize(1);
    assertThat(plan.results()).singleElement().extracting(DataFile::rows).isEqualTo(1L);
    OperatorState state = plan.operators().get("once");
    assertThat(state.partials()).isEqualTo(3);
    assertThat(state.runs()).singleElement().extracting(run -> run.batch()).isEqualTo(0L);
  }

  @Test
  void everyDriverDecidesAlike() throws IOException {
    seal(0, "a", "b");
    seal(1, "b", "c");
    Batch one = complete(closer);
    Batch other = complete(closer("fedcba9876543210"));
    assertThat(rows(other)).isEqualTo(rows(one));
    assertThat(other.replaced()).isEqualTo(one.replaced());
  }

  @Test
  void aBatchOfDuplicatesAloneWritesToNoTable() throws IOException {
    seal(0, "a", "b");
    committed = complete(closer);
    closer.committed(committed);
    segments.clear();
    seal(1, "b", "a");
    Batch plan = complete(closer);
    assertThat(rows(plan)).isEmpty();
    assertThat(plan.results()).isEmpty();
    assertThat(plan.replaced()).hasSize(1);
    assertThat(plan.writes()).as("the last batch of the table").containsEntry(TABLE, 0L);
    assertThat(plan.tables()).containsEntry(TABLE, "id-1");
  }

  @Test
  void leavesNothingOfAnAttemptThatLost() throws IOException {
    seal(0, "a", "b");
    seal(1, "b", "c");
    List<String> before = List.copyOf(storage.paths());
    List<String> filesBefore = List.copyOf(files.paths());
    closer.lost(complete(closer));
    assertThat(storage.paths()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(files.paths()).containsExactlyInAnyOrderElementsOf(filesBefore);
  }

  @Test
  void leavesNothingWhenAFileCannotBeWritten() throws IOException {
    seal(0, "a", "b");
    seal(1, "b", "c");
    List<String> before = List.copyOf(files.paths());
    faults.failAll("close data file");
    assertThatThrownBy(() -> complete(closer)).isInstanceOf(IOException.class);
    assertThat(files.paths()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(storage.paths()).filteredOn(path -> path.contains("state/")).hasSize(2);
  }
}
