package io.tidemark.source.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.ForwardClock;
import io.tidemark.common.TidemarkException;
import io.tidemark.source.fake.FakeConnect;
import io.tidemark.source.fake.FakeLake;
import io.tidemark.source.fake.FakeLog;
import io.tidemark.source.fake.Rows;
import io.tidemark.source.offset.Position;
import io.tidemark.source.offset.ShardPositions;
import io.tidemark.source.offset.Shards;
import io.tidemark.source.plan.ShardRange;
import io.tidemark.source.read.ReadCounts;
import io.tidemark.source.read.ReadOptions;
import io.tidemark.source.read.TableReader;
import io.tidemark.source.record.RecordFactory;
import io.tidemark.source.record.RecordOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** Batches, transactions and failures of a task. */
class TaskSessionTest {

  private static final BatchLimits LIMITS = new BatchLimits(10, 1000, 0, 500, 1000, 20_000);
  private static final long FAR = 1_000_000;

  private final FakeLake lake = new FakeLake();
  private final Rows rows = new Rows(7);
  private final FakeConnect connect = new FakeConnect();
  private long nowMs;
  private long wallStepMs;

  private FakeConnect.Task task(BatchLimits limits, String... tables) {
    return connect
    .new Task(
        FakeConnect.Mode.CONNECTOR_BOUNDARY,
        new Random(7),
        transactions -> session(limits, transactions, tables));
  }

  private TaskSession session(BatchLimits limits, Transactions transactions, String... tables) {
    return session(Position.tail(0, "", 0), limits, transactions, tables);
  }

  private TaskSession session(
      Position start, BatchLimits limits, Transactions transactions, String... tables) {
    List<TableStream> streams = new ArrayList<>();
    for (String table : tables) {
      streams.add(stream(start, table));
    }
    return new TaskSession(
        streams,
        limits,
        5_000,
        3,
        transactions,
        new ForwardClock(() -> nowMs + wallStepMs, () -> nowMs * 1_000_000));
  }

  private TableStream stream(Position start, String table) {
    Shards shards = new Shards(1);
    return new TableStream(
        new TableReader(
            lake,
            table,
            shards,
            new ShardRange(0, 0, 1),
            ShardPositions.all(1, start),
            new ReadOptions(false, false, false, true, 1000),
            new ReadCounts()),
        shards,
        new RecordFactory(table, new RecordOptions("${table}", List.of(), true, false)));
  }

  private void append(FakeLog log, int count) {
    log.append(List.of(rows.file(count)));
  }

  private List<Integer> transactionSizes() {
    return connect.committed.stream().map(List::size).toList();
  }

  @Test
  void makesOneTransactionOfEachVersionHoweverManyPollsItTakes() {
    FakeLog log = lake.create("/lake/a");
    for (int count : new int[] {3, 10, 20, 25, 1}) {
      append(log, count);
    }
    FakeConnect.Task task = task(LIMITS, "/lake/a");
    while (task.poll() > 0) {}
    assertThat(transactionSizes()).containsExactly(3, 10, 20, 25, 1);
  }

  @Test
  void looksForVersionsThoughTheWallClockStepsBackByAnHour() {
    FakeLog log = lake.create("/lake/a");
    append(log, 3);
    FakeConnect.Task task = task(LIMITS, "/lake/a");
    while (task.poll() > 0) {}
    append(log, 4);
    wallStepMs = -3_600_000;
    nowMs += 5_000;
    while (task.poll() > 0) {}
    assertThat(transactionSizes()).containsExactly(3, 4);
  }

  @Test
  void cutsVersionsThatHaveMoreRecordsThanATransactionTakes() {
    append(lake.create("/lake/a"), 25);
    FakeConnect.Task task = task(new BatchLimits(10, 1000, 0, 500, 8, 20_000), "/lake/a");
    while (task.poll() > 0) {}
    assertThat(transactionSizes()).containsExactly(8, 8, 8, 1);
  }

  @Test
  void cutsSnapshotsFiner() {
    append(lake.create("/lake/a"), 25_000);
    FakeConnect.Task task =
        connect
        .new Task(
            FakeConnect.Mode.CONNECTOR_BOUNDARY,
            new Random(7),
            transactions ->
                session(
                    Position.snapshot(0, "", 1),
                    new BatchLimits(3_000, 1000, 0, 500, 100_000, 20_000),
                    transactions,
                    "/lake/a"));
    while (task.poll() > 0) {}
    assertThat(transactionSizes()).containsExactly(10_000, 10_000, 5_000);
  }

  @Test
  void cutsTransactionsThatAreOpenForTooLong() {
    append(lake.create("/lake/a"), 35);
    FakeConnect.Task task = task(LIMITS, "/lake/a");
    task.poll();
    nowMs += 20_000;
    task.poll();
    assertThat(transactionSizes()).containsExactly(20);
    while (task.poll() > 0) {}
    assertThat(transactionSizes()).containsExactly(20, 15);
  }

  @Test
  void cutsATransactionWhoseRestCannotBeReadForTooLong() {
    FakeLog log = lake.create("/lake/a");
    log.append(List.of(rows.file(9), rows.file(9)));
    FakeConnect.Task task = task(LIMITS, "/lake/a");
    int[] opened = {0};
    lake.weather =
        operation -> {
          if (operation.equals("open file") && opened[0]++ == 1) {
            throw new IOException("storm");
          }
        };
    assertThat(task.poll()).isEqualTo(9);
    assertThat(transactionSizes()).isEmpty();
    assertThat(task.poll()).isZero();
    nowMs += 20_000;
    task.poll();
    while (task.poll() > 0) {}
    assertThat(connect.records()).hasSize(18);
  }

  @Test
  void readsTablesInTurnAVersionOfEach() {
    for (String table : List.of("/lake/a", "/lake/b")) {
      FakeLog log = lake.create(table);
      append(log, 12);
      append(log, 12);
    }
    FakeConnect.Task task = task(LIMITS, "/lake/a", "/lake/b");
    while (task.poll() > 0) {}
    assertThat(connect.committed)
        .extracting(transaction -> transaction.get(0).topic())
        .containsExactly("a", "b", "a", "b");
    assertThat(transactionSizes()).containsOnly(12);
  }

  @Test
  void endsAPollAfterSoManyFilesOrBytes() {
    FakeLog log = lake.create("/lake/a");
    log.append(IntStream.range(0, 5).mapToObj(i -> rows.file(1)).toList());
    BatchLimits files = new BatchLimits(100, 2, 0, 500, 1000, 20_000);
    BatchLimits bytes = new BatchLimits(100, 1000, 2, 500, 1000, 20_000);
    assertThat(session(files, Transactions.NONE, "/lake/a").poll()).hasSize(2);
    assertThat(session(bytes, Transactions.NONE, "/lake/a").poll()).hasSize(2);
  }

  @Test
  void looksForNewVersionsOnceInAnInterval() {
    FakeLog log = lake.create("/lake/a");
    TaskSession session = session(LIMITS, Transactions.NONE, "/lake/a");
    assertThat(session.poll()).isEmpty();
    append(log, 1);
    assertThat(session.poll()).isEmpty();
    assertThat(session.idleUntilMs()).isEqualTo(5_000);
    nowMs = 5_000;
    assertThat(session.poll()).hasSize(1);
  }

  @Test
  void waitsLongerAfterEachFailureAndFailsAfterTooMany() {
    append(lake.create("/lake/a"), 1);
    lake.weather =
        operation -> {
          throw new IOException("storm");
        };
    TaskSession session = session(LIMITS, Transactions.NONE, "/lake/a");
    assertThat(session.poll()).isEmpty();
    assertThat(session.idleUntilMs()).isEqualTo(500);
    assertThat(session.poll()).isEmpty();
    nowMs = 500;
    assertThat(session.poll()).isEmpty();
    assertThat(session.idleUntilMs()).isEqualTo(2_500);
    nowMs = 2_500;
    assertThatThrownBy(session::poll)
        .hasMessageStartingWith("TM-500 ")
        .hasMessageContaining("/lake/a after 3 consecutive failures")
        .hasMessageContaining("storm");
  }

  @Test
  void forgetsFailuresThatAreOver() {
    FakeLog log = lake.create("/lake/a");
    TaskSession session = session(LIMITS, Transactions.NONE, "/lake/a");
    for (int round = 0; round < 10; round++) {
      append(log, 1);
      lake.weather =
          operation -> {
            throw new IOException("storm");
          };
      nowMs += FAR;
      assertThat(session.poll()).isEmpty();
      lake.weather = operation -> {};
      nowMs += FAR;
      assertThat(session.poll()).hasSize(1);
    }
  }

  @Test
  void returnsWhatItHasBeforeAFailure() {
    FakeLog log = lake.create("/lake/a");
    log.append(List.of(rows.file(2), rows.file(2)));
    int[] opened = {0};
    lake.weather =
        operation -> {
          if (operation.equals("open file") && opened[0]++ == 1) {
            throw new IOException("storm");
          }
        };
    TaskSession session = session(LIMITS, Transactions.NONE, "/lake/a");
    assertThat(session.poll()).hasSize(2);
    nowMs += FAR;
    assertThat(session.poll()).hasSize(2);
  }

  @Test
  void returnsWhatItHasBeforeAFailureThatEndsTheTask() {
    FakeLog log = lake.create("/lake/a");
    append(log, 2);
    append(log, 3);
    log.change("DELETE", List.of(log.files().get(0)), List.of(), List.of());
    FakeConnect.Task task = task(LIMITS, "/lake/a");
    assertThat(task.poll()).isEqualTo(5);
    assertThat(transactionSizes()).containsExactly(2, 3);
    assertThatThrownBy(task::poll).hasMessageStartingWith("TM-511 ");
    assertThatThrownBy(task::poll).hasMessageStartingWith("TM-511 ");
  }

  @Test
  void returnsWhatItHasBeforeAFailureOfAnotherTable() {
    FakeLog log = lake.create("/lake/a");
    append(log, 2);
    lake.create("/lake/b").append(List.of(rows.file(1)));
    FakeLog other = lake.tables.get("/lake/b");
    other.change("DELETE", List.of(other.files().get(0)), List.of(), List.of());
    TaskSession session = session(LIMITS, Transactions.NONE, "/lake/a", "/lake/b");
    assertThat(session.poll()).hasSize(3);
    assertThatThrownBy(session::poll).hasMessageStartingWith("TM-511 ");
  }

  @Test
  void returnsWhatItHasBeforeAnErrorOrTheLastFailureOfMany() {
    for (Throwable failure :
        List.of(new StackOverflowError("deep"), new IllegalStateException("odd"))) {
      FakeLog log = lake.create("/lake/a");
      log.append(List.of(rows.file(2), rows.file(2)));
      int[] opened = {0};
      lake.weather =
          operation -> {
            if (operation.equals("open file") && opened[0]++ == 1) {
              if (failure instanceof Error error) {
                throw error;
              }
              throw (RuntimeException) failure;
            }
          };
      TaskSession session = session(LIMITS, Transactions.NONE, "/lake/a");
      assertThat(session.poll()).hasSize(2);
      assertThatThrownBy(session::poll).isSameAs(failure);
    }
  }

  /** Two tables in one poll: the first has rows, the second fails for the last time. */
  @Test
  void returnsWhatItHasBeforeItGivesUp() {
    FakeLog log = lake.create("/lake/a");
    lake.create("/lake/b");
    TaskSession session =
        new TaskSession(
            List.of(
                stream(Position.tail(0, "", 1), "/lake/a"),
                stream(Position.tail(0, "", 1), "/lake/b")),
            LIMITS,
            0,
            1,
            Transactions.NONE,
            () -> nowMs);
    append(log, 2);
    int[] opened = {0};
    lake.weather =
        operation -> {
          if (operation.equals("open") && opened[0]++ == 1) {
            throw new IOException("storm");
          }
        };
    assertThat(session.poll()).hasSize(2);
    assertThatThrownBy(session::poll).hasMessageStartingWith("TM-500 ");
  }

  /** Otherwise they would be read again, and aborted again, at each start. */
  @Test
  void commitsWhatItHasOfASnapshotBeforeAFailureThatEndsTheTask() {
    FakeLog log = lake.create("/lake/a");
    log.append(List.of(rows.file(10), rows.file(10), rows.file(1)));
    lake.vacuumed.add(log.files().get(2).path());
    FakeConnect.Task task =
        connect
        .new Task(
            FakeConnect.Mode.CONNECTOR_BOUNDARY,
            new Random(7),
            transactions ->
                session(
                    Position.snapshot(0, "", 1),
                    new BatchLimits(9, 1, 0, 500, 1000, 20_000),
                    transactions,
                    "/lake/a"));
    int sent = 0;
    try {
      while (true) {
        sent += task.poll();
      }
    } catch (TidemarkException e) {
      assertThat(e).hasMessageStartingWith("TM-521 ");
    }
    assertThat(sent).isGreaterThan(9);
    assertThat(connect.records()).hasSize(sent);
  }

  @Test
  void saysOfOtherShardsOnlyWhatKafkaHas() {
    Acknowledgements acknowledgements =
        new Acknowledgements(ShardPositions.all(2, Position.tail(0, "t", 1)));
    String before = acknowledgements.text();
    Acknowledgements.Stretch first = acknowledgements.begin();
    first.made();
    acknowledgements.end(ShardPositions.all(2, Position.tail(0, "t", 2)));
    Acknowledgements.Stretch second = acknowledgements.begin();
    second.made();
    acknowledgements.end(ShardPositions.all(2, Position.tail(0, "t", 3)));
    second.committed();
    acknowledgements.begin();
    assertThat(acknowledgements.text()).isEqualTo(before);
    first.committed();
    assertThat(acknowledgements.text()).isEqualTo("0-1=0/t/3/0/0/");
  }

  @Test
  void recordsThatAreNeverAcknowledgedTakeBoundedMemory() {
    Acknowledgements acknowledgements =
        new Acknowledgements(ShardPositions.all(2, Position.tail(0, "t", 1)));
    Acknowledgements.Stretch stuck = acknowledgements.begin();
    stuck.made();
    acknowledgements.end(ShardPositions.all(2, Position.tail(0, "t", 2)));
    Acknowledgements.Stretch last = stuck;
    for (int version = 3; version < 1000; version++) {
      last = acknowledgements.begin();
      last.made();
      acknowledgements.end(ShardPositions.all(2, Position.tail(0, "t", version)));
      last.committed();
    }
    assertThat(acknowledgements.begin()).isSameAs(last);
    stuck.committed();
    acknowledgements.end(ShardPositions.all(2, Position.tail(0, "t", 1000)));
    assertThat(acknowledgements.text()).isEqualTo("0-1=0/t/1000/0/0/");
  }

  @Test
  void recordsAreEqualToThemselvesAlone() {
    FakeLog log = lake.create("/lake/a");
    append(log, 1);
    SourceRecord one = session(LIMITS, Transactions.NONE, "/lake/a").poll().get(0);
    SourceRecord other = session(LIMITS, Transactions.NONE, "/lake/a").poll().get(0);
    assertThat(one).isNotEqualTo(other);
    assertThat(one.sourceOffset()).isEqualTo(other.sourceOffset());
  }
}
