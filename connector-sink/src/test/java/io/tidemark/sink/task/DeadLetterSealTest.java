package io.tidemark.sink.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.fake.FakeBroker;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryFiles;
import io.tidemark.sink.fake.MemoryStorage;
import io.tidemark.sink.file.FileOwner;
import io.tidemark.sink.file.RecordWriter;
import io.tidemark.sink.file.RowGate;
import io.tidemark.sink.file.SessionTables;
import io.tidemark.sink.kafka.BrokerTopicWatch;
import io.tidemark.sink.kafka.OnTopicRecreated;
import io.tidemark.sink.kafka.StartingOffsets;
import io.tidemark.sink.kafka.TopicFigures;
import io.tidemark.sink.kafka.TopicPolicy;
import io.tidemark.sink.record.QueueFigures;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.segment.CutPolicy;
import io.tidemark.sink.segment.Delivery;
import io.tidemark.sink.segment.Retries;
import io.tidemark.sink.segment.SegmentWriter;
import io.tidemark.sink.window.TaskOperator;
import io.tidemark.windows.close.Operator;
import io.tidemark.windows.config.WindowedAggregateConfig;
import io.tidemark.windows.run.PlainRunStore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** Invariant K: nothing is sealed past a record that is neither in a table nor in the queue. */
class DeadLetterSealTest {

  private static final TopicPartition EU0 = new TopicPartition("eu", 0);
  private static final TopicPartition US0 = new TopicPartition("us", 0);
  private static final long INTERVAL_MS = 1_000;
  private static final String BAD = "bad";

  private final Faults faults = new Faults();
  private final FakeBroker broker = new FakeBroker().with(EU0, 0, 100).with(US0, 0, 70);
  private final CheckpointLocation checkpoint = new CheckpointLocation(new MemoryStorage(faults));
  private final Queue queue = new Queue();
  private final List<Long> pauses = new ArrayList<>();
  private int nonces;
  private long unwritten;

  /** Connect says this many times that it is writing letters; then it has failed with one. */
  private int writing;

  private final Rejects rejects = new Rejects(Optional.of(queue), true, new Figures(), 20);
  private final TaskSession session = session();

  @Test
  void sealsPastARecordWhoseDeadLetterIsAcknowledged() throws IOException {
    session.open(List.of(EU0), 0);
    session.put(records(EU0, 0, 1), 1);
    session.put(bad(EU0, 2), 2);
    queue.acknowledgeAll();
    session.preCommit(Map.of(EU0, 3L), INTERVAL_MS);
    assertThat(sealed()).containsEntry(EU0, new OffsetRange(0, 3));
  }

  @Test
  void failsInPutWithTheRecordAndTheCauseAndNothingIsSealedWhileItCloses() throws IOException {
    session.open(List.of(EU0), 0);
    session.put(records(EU0, 0, 1), 1);
    session.put(bad(EU0, 2), 2);
    queue.fail(0);
    assertThatThrownBy(() -> session.put(records(EU0, 3), INTERVAL_MS))
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("TM-130")
        .hasMessageContaining("eu-0@2")
        .hasMessageContaining("RecordTooLargeException: too large")
        .hasMessageNotContaining("secret");
    assertNothingPasses(EU0, 4);
  }

  /** As it is when Connect hears of the failure first, and fails the task. */
  @Test
  void sealsNothingInTheLastCommitAndCloseOfATaskThatConnectFails() throws IOException {
    session.open(List.of(EU0), 0);
    session.put(records(EU0, 0, 1), 1);
    session.put(bad(EU0, 2), 2);
    queue.fail(0);
    assertThat(session.preCommit(Map.of(EU0, 3L), INTERVAL_MS)).isEmpty();
    assertNothingPasses(EU0, 3);
    assertThatThrownBy(() -> session.put(records(EU0), INTERVAL_MS + 2))
        .hasMessageStartingWith("TM-130")
        .hasMessageContaining("eu-0@2");
  }

  @Test
  void failsInCloseWithoutSealingWhenTheCommitBeforeWasNotDue() throws IOException {
    session.open(List.of(EU0), 0);
    session.put(bad(EU0, 0), 1);
    session.preCommit(Map.of(EU0, 1L), 2);
    queue.fail(0);
    assertThatThrownBy(() -> session.close(List.of(EU0), 3)).hasMessageStartingWith("TM-130");
    assertNothingPasses(EU0, 1);
  }

  @Test
  void failsInOpenWithoutSealing() throws IOException {
    session.open(List.of(EU0), 0);
    session.put(bad(EU0, 0), 1);
    queue.fail(0);
    assertThatThrownBy(() -> session.open(List.of(US0), 2)).hasMessageStartingWith("TM-130");
    assertNothingPasses(EU0, 1);
  }

  /** A put that passes lost offsets seals what is before them. */
  @Test
  void failsInAPutThatSealsWithoutSealing() throws IOException {
    session.open(List.of(EU0), 0);
    session.put(bad(EU0, 0), 1);
    broker.with(EU0, 50, 100);
    // Acknowledged or not is not known when the put begins.
    queue.failsWhenAsked = true;
    assertThatThrownBy(() -> session.put(records(EU0, 50), 100_000))
        .hasMessageStartingWith("TM-130")
        .hasMessageContaining("eu-0@0");
    assertNothingPasses(EU0, 51);
  }

  /** Connect's own future of it is lost, and what it returns is complete. */
  @Test
  void failsWhenConnectCountsALetterThatItCouldNotWrite() throws IOException {
    session.open(List.of(EU0), 0);
    queue.losesFutures = true;
    assertThatThrownBy(() -> session.put(bad(EU0, 7), 1))
        .hasMessageStartingWith("TM-130")
        .hasMessageContaining("eu-0@7");
    assertNothingPasses(EU0, 8);
  }

  /** Of a record that a converter rejects, this task never hears. */
  @Test
  void failsWhenConnectCouldNotWriteALetterOfItsOwn() throws IOException {
    session.open(List.of(EU0), 0);
    session.put(records(EU0, 0, 1), 1);
    unwritten++;
    assertThat(session.preCommit(Map.of(EU0, 3L), INTERVAL_MS)).isEmpty();
    assertNothingPasses(EU0, 3);
    assertThatThrownBy(() -> session.put(records(EU0), INTERVAL_MS + 2))
        .hasMessageStartingWith("TM-130");
  }

  @Test
  void waitsForLettersThatConnectWritesOfItsOwnAndFailsWhenItCannot() throws IOException {
    session.open(List.of(EU0), 0);
    session.put(records(EU0, 0, 1), 1);
    writing = 3;
    assertThat(session.preCommit(Map.of(EU0, 3L), INTERVAL_MS)).isEmpty();
    assertThat(unwritten).isOne();
    assertNothingPasses(EU0, 3);
  }

  @Test
  void failsOnARecordThatAWindowRejected() throws IOException {
    session.open(List.of(EU0), 0);
    session.put(new Delivery(List.of(), List.of(List.of(record(EU0, 4, null)))), 1);
    assertThat(queue.letters).isEmpty();
    Map<String, Object> withoutTime = new HashMap<>(Map.of("g", 1L));
    session.put(new Delivery(List.of(), List.of(List.of(record(EU0, 5, withoutTime)))), 1);
    assertThat(queue.letters).hasSize(1);
    queue.fail(0);
    assertThat(session.preCommit(Map.of(EU0, 6L), INTERVAL_MS)).isEmpty();
    assertNothingPasses(EU0, 6);
    assertThatThrownBy(() -> session.put(records(EU0), INTERVAL_MS + 2))
        .hasMessageStartingWith("TM-130")
        .hasMessageContaining("eu-0@5");
  }

  /** Waiting for minutes would cost the task its partitions. */
  @Test
  void startsOverWhenALetterIsNotAcknowledgedInTime() throws IOException {
    session.open(List.of(EU0), 0);
    session.put(records(EU0, 0, 1), 1);
    session.put(bad(EU0, 2), 2);
    assertThat(session.preCommit(Map.of(EU0, 3L), INTERVAL_MS)).isEmpty();
    assertThat(pauses).hasSize(1);
    assertNothingPasses(EU0, 3);

    session.open(List.of(EU0), INTERVAL_MS + 2);
    // What it was told of the reading that is void means nothing, whatever becomes of it.
    queue.fail(0);
    session.put(records(EU0, 0, 1), INTERVAL_MS + 3);
    session.put(bad(EU0, 2), INTERVAL_MS + 4);
    queue.letters.get(1).complete(null);
    session.preCommit(Map.of(EU0, 3L), 2 * INTERVAL_MS + 4);
    assertThat(sealed()).containsEntry(EU0, new OffsetRange(0, 3));
  }

  @Test
  void givesUpWhenNoLetterIsAcknowledgedForTooLong() {
    session.open(List.of(EU0), 0);
    for (int attempt = 1; attempt <= 4; attempt++) {
      session.put(bad(EU0, 0), attempt * INTERVAL_MS);
      session.preCommit(Map.of(EU0, 1L), attempt * INTERVAL_MS + INTERVAL_MS);
      if (attempt < 4) {
        session.put(records(EU0), attempt * INTERVAL_MS);
      }
    }
    assertThatThrownBy(() -> session.put(records(EU0), 5 * INTERVAL_MS))
        .hasMessageStartingWith("TM-154")
        .hasMessageContaining("eu-0@0");
  }

  /** A connector may reject millions. */
  @Test
  void keepsOnlyWhatIsNotAcknowledged() {
    List<Weighed> reports = new ArrayList<>();
    Rejects many =
        new Rejects(
            Optional.of(
                (record, reason) -> {
                  Weighed report = new Weighed(reports.size() == 0);
                  reports.add(report);
                  return report;
                }),
            true);
    for (long offset = 0; offset < 50_000; offset++) {
      many.reject(record(EU0, offset, null), new TidemarkException("TM-100", "no", null));
    }
    reports.forEach(report -> report.asked = 0);
    reports.get(0).complete(null);
    assertThatCode(many::settle).doesNotThrowAnyException();
    assertThat(reports.stream().filter(report -> report.asked > 0)).hasSizeLessThan(5_000);
  }

  /** Neither in the commit nor in the close that Connect adds when a task has failed. */
  private void assertNothingPasses(TopicPartition partition, long position) throws IOException {
    assertThat(session.preCommit(Map.of(partition, position), 10 * INTERVAL_MS)).isEmpty();
    try {
      session.close(List.of(partition), 10 * INTERVAL_MS + 1);
    } catch (TidemarkException e) {
      assertThat(e).hasMessageStartingWith("TM-130");
    }
    session.stop();
    assertThat(sealed().getOrDefault(partition, new OffsetRange(0, 0)).to()).isZero();
  }

  /** What segments hold of each partition, all in all. */
  private SortedMap<TopicPartition, OffsetRange> sealed() throws IOException {
    SortedMap<TopicPartition, OffsetRange> ranges = new TreeMap<>(Offsets.ORDER);
    for (SegmentId id : checkpoint.segments().ids()) {
      checkpoint
          .segments()
          .read(id)
          .orElseThrow()
          .ranges()
          .forEach(
              (partition, range) ->
                  ranges.merge(
                      partition,
                      new OffsetRange(range.from(), range.to()),
                      (a, b) ->
                          new OffsetRange(Math.min(a.from(), b.from()), Math.max(a.to(), b.to()))));
    }
    return ranges;
  }

  private TaskSession session() {
    Map<String, String> props =
        Map.of(
            "aggregates", "n=count(*)",
            "group.by", "g",
            "event.time.field", "at",
            "window.size.ms", "1000",
            "watermark.delay.ms", "0");
    Operator operator =
        new Operator(
            new WindowedAggregateConfig(props).aggregation("op"),
            new PlainRunStore(checkpoint.storage(), "state/op"));
    return new TaskSession(
        0,
        checkpoint,
        new SegmentWriter(
            new RejectingWriter(new MemoryFiles(faults, "memory:/orders").writer("id-1")),
            new SessionTables(checkpoint.sessions()::writes),
            List.of(new TaskOperator(operator, rejects, 1 << 20)),
            rejects),
        new CutPolicy(INTERVAL_MS, 0, 0),
        10,
        new Retries(4, pauses::add),
        () -> "%08x".formatted(nonces++),
        new BrokerTopicWatch(
            broker,
            new TopicPolicy(StartingOffsets.parse("earliest"), true, OnTopicRecreated.FAIL, true),
            "/checkpoint",
            new TopicFigures()),
        new ArrayDeque<>(),
        new Port());
  }

  private static Delivery records(TopicPartition partition, long... offsets) {
    return new Delivery(
        LongStream.of(offsets).mapToObj(offset -> record(partition, offset, null)).toList(),
        List.of(List.of()));
  }

  private static Delivery bad(TopicPartition partition, long offset) {
    return new Delivery(List.of(record(partition, offset, BAD)), List.of(List.of()));
  }

  private static SinkRecord record(TopicPartition partition, long offset, Object value) {
    return new SinkRecord(
        partition.topic(),
        partition.partition(),
        null,
        "secret",
        null,
        value,
        offset,
        0L,
        TimestampType.CREATE_TIME);
  }

  private final class Figures implements QueueFigures {

    @Override
    public long unwritten() {
      return unwritten;
    }

    @Override
    public boolean isWriting() {
      if (writing > 0 && --writing == 0) {
        unwritten++;
      }
      return writing > 0;
    }
  }

  /** A dead letter queue that acknowledges when the test says so. */
  private final class Queue implements ErrantRecordReporter {

    private final List<CompletableFuture<Void>> letters = new ArrayList<>();
    private boolean losesFutures;
    private boolean failsWhenAsked;

    @Override
    public Future<Void> report(SinkRecord record, Throwable error) {
      CompletableFuture<Void> letter =
          new CompletableFuture<>() {
            @Override
            public Void get(long timeout, TimeUnit unit)
                throws InterruptedException, ExecutionException, TimeoutException {
              if (failsWhenAsked && timeout > 0) {
                fail(0);
              }
              return super.get(timeout, unit);
            }
          };
      letters.add(letter);
      if (losesFutures) {
        unwritten++;
        letter.complete(null);
      }
      return letter;
    }

    void acknowledgeAll() {
      letters.forEach(letter -> letter.complete(null));
    }

    void fail(int letter) {
      letters.get(letter).completeExceptionally(new RecordTooLargeException("too large"));
    }
  }

  /** Counts how often it is asked. */
  private static final class Weighed extends CompletableFuture<Void> {

    private int asked;

    Weighed(boolean open) {
      if (!open) {
        complete(null);
      }
    }

    @Override
    public boolean isDone() {
      asked++;
      return super.isDone();
    }

    @Override
    public Void get(long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      asked++;
      return super.get(timeout, unit);
    }
  }

  /** Rejects what is marked, writes the rest. */
  private final class RejectingWriter implements RecordWriter {

    private final RecordWriter files;

    RejectingWriter(RecordWriter files) {
      this.files = files;
    }

    @Override
    public void begin(FileOwner owner) {
      files.begin(owner);
    }

    @Override
    public void write(Collection<SinkRecord> records, RowGate gate) throws IOException {
      List<SinkRecord> good = new ArrayList<>();
      for (SinkRecord record : records) {
        if (BAD.equals(record.value())) {
          rejects.reject(record, new TidemarkException("TM-100", "bad", null));
        } else {
          good.add(record);
        }
      }
      files.write(good, gate);
    }

    @Override
    public void copy(DataFile source, BitSet dropped) throws IOException {
      files.copy(source, dropped);
    }

    @Override
    public List<DataFile> finish() throws IOException {
      return files.finish();
    }

    @Override
    public void abort() {
      files.abort();
    }

    @Override
    public long rows() {
      return files.rows();
    }

    @Override
    public long bytes() {
      return files.bytes();
    }

    @Override
    public Map<String, String> tableIds() throws IOException {
      return files.tableIds();
    }
  }

  private static final class Port implements TaskPort {

    @Override
    public void seek(Map<TopicPartition, Long> offsets) {}

    @Override
    public void requestCommit() {}

    @Override
    public void pause(Collection<TopicPartition> partitions) {}

    @Override
    public void resume(Collection<TopicPartition> partitions) {}

    @Override
    public void wakeDriver() {}

    @Override
    public void reset(OffsetReset reset) {}
  }
}
