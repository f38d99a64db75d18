package io.tidemark.sink.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.checkpoint.log.PlanMark;
import io.tidemark.checkpoint.log.Provenance;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.DataFile;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.sink.commit.BatchCommit;
import io.tidemark.sink.commit.Cleanup;
import io.tidemark.sink.commit.LogStarts;
import io.tidemark.sink.commit.Rereading;
import io.tidemark.sink.fake.FakeBroker;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryFiles;
import io.tidemark.sink.fake.MemoryStorage;
import io.tidemark.sink.fake.MemoryTable;
import io.tidemark.sink.fake.MemoryTables;
import io.tidemark.sink.file.DataFiles;
import io.tidemark.sink.kafka.BrokerLogs;
import io.tidemark.sink.recovery.OffsetRequests;
import io.tidemark.sink.window.WindowCloser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a driver does when a table is not what the logs say: invariants H, I and J. */
class TableMismatchTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final String TABLE = "memory:/orders";
  private static final String OTHER = "memory:/refunds";
  private static final SessionId SESSION = new SessionId(0, 1, 0, "000000aa");
  private static final DriverTiming TIMING = new DriverTiming(1_000, 100, 100, 200, 500, 2_000);

  private final Faults faults = new Faults();
  private final MemoryStorage storage = new MemoryStorage(faults);
  private final MemoryTables tables = new MemoryTables(faults);
  private final MemoryFiles files = new MemoryFiles(faults, TABLE);
  private final CheckpointLocation checkpoint = new CheckpointLocation(storage);
  private final FakeBroker kafka = new FakeBroker().with(P0, 0, 100);
  private final List<Batch> heard = new ArrayList<>();
  private boolean failOnDataLoss = true;
  private int sequence;
  private int writers;
  private long nowMs = 1_000;

  @BeforeEach
  void prepare() throws IOException {
    tables.add(TABLE, "id-1");
    tables.add(OTHER, "id-2");
    checkpoint.sessions().open(SESSION);
  }

  @Test
  void refusesToContinueWithAnOlderCopyOfTheLocation() throws IOException {
    batches(driver(), 0, 2);
    Map<String, byte[]> copy = copy();
    batches(driver(), 2, 7);
    putBack(copy);
    sequence = 2;
    seal(20, 90);
    assertThatThrownBy(() -> run(driver()))
        .hasMessageStartingWith("TM-190")
        .hasMessageContaining("it has batch 6 of query query")
        .hasMessageContaining("the newest batch in memory:/checkpoint is 1");
    assertThat(storage.paths()).doesNotContain("batches/2");
    assertThat(table().versions()).hasSize(7);
  }

  @Test
  void refusesWhatAConnectorOnACopyHasCommittedUnderTheSameNumber() throws IOException {
    batches(driver(), 0, 1);
    seal(10, 20);
    Driver planner = driver();
    while (!storage.paths().contains("batches/1")) {
      planner.step(nowMs += 200);
    }
    Append foreign =
        new Append(
            "query",
            1,
            table().lastTransaction("query"),
            OptionalLong.empty(),
            List.of(),
            Map.of(),
            Map.of(CommittedBatch.PLAN_TAG, "1-0f"));
    table().append(foreign);
    assertThatThrownBy(() -> run(planner))
        .hasMessageStartingWith("TM-191")
        .hasMessageContaining("it carries out plan 1-0f");
    assertThat(storage.paths()).doesNotContain("commits/1");
  }

  @Test
  void noticesAVersionThatVanishesBetweenTwoBatches() throws IOException {
    Driver driver = driver();
    batches(driver, 0, 3);
    table().versions().remove(2);
    seal(30, 40);
    assertThatThrownBy(() -> run(driver))
        .hasMessageStartingWith("TM-176")
        .hasMessageContaining("--to-batch 1");
    assertThat(storage.paths()).doesNotContain("batches/3");
    assertThat(table().versions()).hasSize(2);
  }

  /** It is decided then, but nothing of it may stand after the hole. */
  @Test
  void voidsAPlanWhenAVersionVanishedSinceAndSomebodyReturns() throws IOException {
    batches(driver(), 0, 3);
    seal(30, 40);
    plan();
    table().versions().remove(2);
    assertThatThrownBy(() -> run(driver())).hasMessageStartingWith("TM-176");
    new ResetExecution(() -> nowMs += 1_000, ms -> {}, 100_000)
        .carryOut(
            driver(), new OffsetRequests(checkpoint).returnTo("request", "test", 1), "memory");
    assertThat(heard.get(heard.size() - 1).frontier().end(P0)).hasValue(20);
    assertThat(table().files()).as("batches 0 and 1").hasSize(2);
  }

  @Test
  void refusesOneTableUnderTwoNames() throws IOException {
    tables.add("memory:/link", "id-1");
    seal(0, 10);
    seal(Map.of(P0, new OffsetRange(10, 20)), "memory:/link", "columns");
    assertThatThrownBy(() -> run(driver()))
        .hasMessageStartingWith("TM-193")
        .hasMessageContaining("memory:/link and memory:/orders");
    assertThat(storage.paths()).noneMatch(path -> path.startsWith("batches/"));
  }

  @Test
  void findsBatchesWhoseTransactionsATableCheckpointDropped() throws IOException {
    batches(driver(), 0, 2);
    table().dropTransactions();
    batches(driver(), 2, 4);
    assertThat(table().versions()).hasSize(4);
  }

  /**
   * After a reset the plans do not say which batch a table ends with, and the table not readily.
   */
  @Test
  void findsBatchesWhoseTransactionsWereDroppedAfterAReset() throws IOException {
    batches(driver(), 0, 3);
    new ResetExecution(() -> nowMs += 1_000, ms -> {}, 100_000)
        .carryOut(
            driver(), new OffsetRequests(checkpoint).returnTo("request", "test", 1), "memory");
    table().dropTransactions();
    SessionId next = new SessionId(0, 1, 1, "000000aa");
    checkpoint.sessions().open(next);
    seal(next.firstSegment(), Map.of(P0, new OffsetRange(20, 30)), TABLE, "columns");
    run(driver());
    assertThat(table().versions()).hasSize(4);
  }

  /** Of a location that was put back to before it knew the table. */
  @Test
  void refusesATableThatHasABatchOfWhichThePlansKnowNothing() throws IOException {
    batches(driver(), 0, 1);
    Map<String, byte[]> copy = copy();
    seal(Map.of(P0, new OffsetRange(10, 20)), OTHER, "columns");
    run(driver());
    putBack(copy);
    sequence = 1;
    batches(driver(), 1, 3);
    tables.table(OTHER).dropTransactions();
    seal(30, 40);
    seal(Map.of(P0, new OffsetRange(40, 50)), OTHER, "columns");
    assertThatThrownBy(() -> run(driver()))
        .hasMessageStartingWith("TM-190")
        .hasMessageContaining("it has batch 1 of query query")
        .hasMessageContaining("the newest batch in memory:/checkpoint is 2");
    assertThat(tables.table(OTHER).versions()).hasSize(1);
    assertThat(table().versions()).as("the other table of the batch").hasSize(3);
  }

  /** A first batch expects no transaction, and none is what the table knows again. */
  @Test
  void doesNotRepeatAFirstBatchForADriverThatWasAsleep() throws IOException {
    seal(0, 10);
    Driver sleeper = driver();
    while (!storage.paths().contains("batches/0")) {
      sleeper.step(nowMs += 200);
    }
    run(driver());
    table().dropTransactions();
    run(sleeper);
    assertThat(table().versions()).hasSize(1);
  }

  @Test
  void leavesASegmentOutWhoseColumnsWereChanged() throws IOException {
    Driver driver = driver();
    batches(driver, 0, 1);
    seal(10, 20);
    table().change("other columns");
    run(driver);
    Batch last = heard.get(heard.size() - 1);
    assertThat(last.rejected()).containsExactly(new SegmentId(SESSION, 1));
    assertThat(last.frontier().end(P0)).as("its records are read again").hasValue(10);
    assertThat(table().files()).hasSize(1);
    assertThat(files.paths()).as("its file").hasSize(1);
  }

  @Test
  void decidesNothingWhenKafkaHasDeletedWhatWouldBeReadAgain() throws IOException {
    batches(driver(), 0, 1);
    seal(10, 20);
    table().change("other columns");
    kafka.starts.put(P0, 15L);
    assertThatThrownBy(() -> run(driver()))
        .hasMessageStartingWith("TM-194")
        .hasMessageContaining("orders-0 from 10 to 15");
    assertThat(storage.paths()).doesNotContain("batches/1");
    assertThat(files.paths()).as("the only copy").hasSize(2);

    failOnDataLoss = false;
    run(driver());
    assertThat(heard.get(heard.size() - 1).rejected()).hasSize(1);
  }

  @Test
  void takesTheRecordsOfANewTopicForOthers() throws IOException {
    batches(driver(), 0, 1);
    seal(10, 20);
    table().change("other columns");
    kafka.ids.put("orders", "another-id");
    assertThatThrownBy(() -> run(driver()))
        .hasMessageStartingWith("TM-194")
        .hasMessageContaining("of the previous topic");
  }

  @Test
  void saysSoWhenNobodyCanAskKafka() throws IOException {
    batches(driver(), 0, 1);
    seal(10, 20);
    table().change("other columns");
    Driver driver = driver();
    driver.reread(new Rereading(Optional.empty(), true));
    assertThatThrownBy(() -> run(driver)).hasMessageStartingWith("TM-195");
  }

  @Test
  void leavesASegmentOutWhoseFileIsGone() throws IOException {
    batches(driver(), 0, 1);
    seal(10, 20);
    files.delete(TABLE, "part-" + new SegmentId(SESSION, 1));
    run(driver(1, 2));
    assertThat(heard.get(heard.size() - 1).rejected()).hasSize(1);
    assertThat(table().files()).hasSize(1);
  }

  @Test
  void failsWhenFilesVanishAgainAndAgain() throws IOException {
    Driver driver = driver(1, 2);
    for (int i = 0; i < 3; i++) {
      SessionId session = new SessionId(0, 1, i + 1, "000000aa");
      checkpoint.sessions().open(session);
      sealGone(session);
      run(driver);
      assertThat(heard.get(heard.size() - 1).number()).isEqualTo(i);
    }
    SessionId session = new SessionId(0, 1, 9, "000000aa");
    checkpoint.sessions().open(session);
    sealGone(session);
    assertThatThrownBy(() -> run(driver)).hasMessageStartingWith("TM-197");
  }

  @Test
  void voidsAPlanWhoseFileIsGone() throws IOException {
    batches(driver(), 0, 1);
    seal(10, 20);
    Batch plan = plan();
    files.delete(TABLE, "part-" + new SegmentId(SESSION, 1));
    run(driver());
    assertVoid(plan);
    assertThat(heard.get(heard.size() - 1).rejected()).hasSize(1);
  }

  @Test
  void voidsAPlanWhoseColumnsWereChangedAndTakesTheRestNext() throws IOException {
    batches(driver(), 0, 1);
    SessionId other = new SessionId(1, 1, 0, "000000bb");
    TopicPartition p1 = new TopicPartition("orders", 1);
    kafka.with(p1, 0, 100);
    checkpoint.sessions().open(other);
    seal(10, 20);
    seal(new SegmentId(other, 0), Map.of(p1, new OffsetRange(0, 5, true)), TABLE, "");
    Batch plan = plan();
    assertThat(plan.accepted()).hasSize(2);
    table().change("new columns");
    run(driver());
    assertVoid(plan);
    Batch next = heard.get(heard.size() - 1);
    assertThat(next.number()).isEqualTo(2);
    assertThat(next.accepted()).containsExactly(new SegmentId(other, 0));
    assertThat(next.frontier().ends()).containsEntry(P0, 10L).containsEntry(p1, 5L);
  }

  @Test
  void leavesAVoidPlanVoidForADriverThatWasAsleep() throws IOException {
    batches(driver(), 0, 1);
    seal(10, 20);
    Driver sleeper = driver();
    while (!storage.paths().contains("batches/1")) {
      sleeper.step(nowMs += 200);
    }
    Batch plan = checkpoint.batches().read(1).orElseThrow();
    files.delete(TABLE, "part-" + new SegmentId(SESSION, 1));
    run(driver());
    assertVoid(plan);
    run(sleeper);
    assertVoid(plan);
    assertThat(table().files()).hasSize(1);
  }

  /** It takes the entry of the stand-in for that of the void plan, deletes it, and dies. */
  @Test
  void continuesAfterAStandInWhoseEntryADriverThatWasAsleepDeletes() throws IOException {
    batches(driver(), 0, 1);
    seal(10, 20);
    Batch plan = plan();
    files.delete(TABLE, "part-" + new SegmentId(SESSION, 1));
    run(driver());
    assertVoid(plan);
    storage.delete("offsets/1");
    assertThat(checkpoint.committedBatch(1).orElseThrow().isStandIn()).isTrue();
    SessionId other = new SessionId(1, 1, 0, "000000bb");
    checkpoint.sessions().open(other);
    seal(new SegmentId(other, 0), Map.of(P0, new OffsetRange(10, 20)), TABLE, "columns");
    run(driver());
    assertVoid(plan);
    assertThat(storage.paths()).contains("commits/2");
  }

  @Test
  void saysWhatOneTableHasAndAnotherCannotTake() throws IOException {
    DataFile left = landInOneOfTwoTables();
    tables.table(OTHER).change("other columns");
    assertHalfCommitted(left);
    assertThat(files.paths()).contains(left.path());
  }

  /** The one who began looked at all files, and may have been down since. */
  @Test
  void saysWhatOneTableHasAndAnotherOnesFilesAreGone() throws IOException {
    DataFile left = landInOneOfTwoTables();
    files.delete(OTHER, left.path());
    assertHalfCommitted(left);
    assertThat(tables.table(OTHER).versions()).isEmpty();
    files.put(left, List.of("row"));
    run(driver());
    assertThat(tables.table(OTHER).files()).hasSize(1);
  }

  /** The file of the other table. */
  private DataFile landInOneOfTwoTables() throws IOException {
    SegmentId id = new SegmentId(SESSION, sequence++);
    DataFile one = file(TABLE, "part-" + id, "columns");
    DataFile two = file(OTHER, "part-" + id + "-2", "columns");
    files.put(one, List.of("row"));
    files.put(two, List.of("row"));
    checkpoint
        .segments()
        .create(
            Segment.of(
                id,
                nowMs,
                Map.of(P0, new OffsetRange(0, 10, true)),
                Map.of(TABLE, "id-1", OTHER, "id-2"),
                List.of(one, two)));
    Driver driver = driver();
    faults.failAll("append " + OTHER);
    while (table().versions().isEmpty()) {
      try {
        driver.step(nowMs += 200);
      } catch (IOException expected) {
        assertThat(expected).hasMessageContaining("fault");
      }
    }
    faults.failAll("nothing");
    return two;
  }

  private void assertHalfCommitted(DataFile left) {
    assertThatThrownBy(() -> run(driver()))
        .hasMessageStartingWith("TM-196")
        .hasMessageContaining(left.path());
  }

  private void assertVoid(Batch plan) throws IOException {
    Append witness =
        table().versions().stream()
            .filter(version -> version.batch() == plan.number())
            .reduce((one, another) -> another)
            .orElseThrow();
    assertThat(witness.files()).isEmpty();
    assertThat(witness.tags())
        .containsEntry(CommittedBatch.VOID_TAG, "true")
        .containsEntry(CommittedBatch.PLAN_TAG, PlanMark.of(plan).text());
    Batch standIn = checkpoint.plan(plan.number()).orElseThrow();
    assertThat(standIn.isStandIn()).isTrue();
    assertThat(standIn.accepted()).isEmpty();
    assertThat(checkpoint.offsets().read(plan.number()).orElseThrow().frontier())
        .isEqualTo(standIn.frontier());
    assertThat(storage.paths()).contains("commits/" + plan.number());
  }

  /** Plans the next batch, and does no more. */
  private Batch plan() throws IOException {
    long next = checkpoint.commits().latest().orElse(-1) + 1;
    Driver driver = driver();
    while (!storage.paths().contains("batches/" + next)) {
      driver.step(nowMs += 200);
    }
    return checkpoint.batches().read(next).orElseThrow();
  }

  private void batches(Driver driver, int from, int to) throws IOException {
    for (int batch = from; batch < to; batch++) {
      seal(batch * 10L, batch * 10L + 10);
      run(driver);
    }
  }

  private void run(Driver driver) throws IOException {
    long endMs = nowMs + 9_000;
    while (nowMs < endMs) {
      nowMs = Math.max(nowMs + 1, driver.step(nowMs));
    }
  }

  private void seal(long from, long to) throws IOException {
    seal(Map.of(P0, new OffsetRange(from, to, from == 0)), TABLE, "columns");
  }

  private void seal(Map<TopicPartition, OffsetRange> ranges, String table, String columns)
      throws IOException {
    seal(new SegmentId(SESSION, sequence++), ranges, table, columns);
  }

  private void seal(
      SegmentId id, Map<TopicPartition, OffsetRange> ranges, String table, String columns)
      throws IOException {
    DataFile file = file(table, "part-" + id, columns);
    files.put(file, List.of("row"));
    Segment plain =
        Segment.of(
            id, nowMs, ranges, Map.of(table, table.equals(OTHER) ? "id-2" : "id-1"), List.of(file));
    checkpoint
        .segments()
        .create(
            new Segment(
                id,
                nowMs,
                plain.ranges(),
                plain.tables(),
                plain.files(),
                plain.operators(),
                plain.silentSinceMs(),
                new Provenance(
                    checkpoint.commits().latest().orElse(-1),
                    new Origin(Optional.empty(), new TreeMap<>(Map.of("orders", "orders-id"))),
                    plain.provenance().lost())));
  }

  private void sealGone(SessionId session) throws IOException {
    SegmentId id = session.firstSegment();
    seal(id, Map.of(P0, new OffsetRange(0, 5, true)), TABLE, "columns");
    files.delete(TABLE, "part-" + id);
  }

  private static DataFile file(String table, String path, String columns) {
    return new DataFile(table, path, Map.of(), 1, 0, 1, "{}", columns);
  }

  private MemoryTable table() {
    return tables.table(TABLE);
  }

  private Map<String, byte[]> copy() throws IOException {
    Map<String, byte[]> copy = new HashMap<>();
    for (String path : storage.paths()) {
      copy.put(path, storage.read(path).orElseThrow());
    }
    return copy;
  }

  private void putBack(Map<String, byte[]> copy) throws IOException {
    for (String path : storage.paths()) {
      storage.delete(path);
    }
    copy.forEach(storage::put);
  }

  private Driver driver() {
    return driver(0, 1);
  }

  private Driver driver(int task, int tasks) {
    DataFiles dataFiles = new DataFiles(files, tables, new LongAdder());
    LogStarts logs = new BrokerLogs(kafka);
    Driver driver =
        new Driver(
            checkpoint,
            new BatchCommit(checkpoint, tables, dataFiles, "query"),
            new Cleanup(checkpoint, dataFiles, 100),
            WindowCloser.none(checkpoint),
            TIMING,
            task,
            tasks,
            "writer" + writers++,
            heard::add);
    driver.reread(new Rereading(Optional.of(logs), failOnDataLoss));
    return driver;
  }
}
