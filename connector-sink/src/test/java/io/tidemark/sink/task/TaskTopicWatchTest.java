package io.tidemark.sink.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.fake.FakeBroker;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryFiles;
import io.tidemark.sink.fake.MemoryStorage;
import io.tidemark.sink.file.SessionTables;
import io.tidemark.sink.kafka.BrokerTopicWatch;
import io.tidemark.sink.kafka.OnTopicRecreated;
import io.tidemark.sink.kafka.StartingOffsets;
import io.tidemark.sink.kafka.TopicFigures;
import io.tidemark.sink.kafka.TopicPolicy;
import io.tidemark.sink.segment.CutPolicy;
import io.tidemark.sink.segment.Delivery;
import io.tidemark.sink.segment.Retries;
import io.tidemark.sink.segment.SegmentWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** What a task does where logs begin and end. */
class TaskTopicWatchTest {

  private static final TopicPartition EU0 = new TopicPartition("eu", 0);
  private static final TopicPartition US0 = new TopicPartition("us", 0);
  private static final TopicPartition US1 = new TopicPartition("us", 1);
  private static final long INTERVAL_MS = 1_000;

  private final Faults faults = new Faults();
  private final FakeBroker broker =
      new FakeBroker().with(EU0, 0, 100).with(US0, 0, 70).with(US1, 0, 80);
  private final CheckpointLocation checkpoint = new CheckpointLocation(new MemoryStorage(faults));
  private int nonces;

  private final TaskSession session =
      new TaskSession(
          0,
          checkpoint,
          new SegmentWriter(
              new MemoryFiles(faults, "memory:/orders").writer("id-1"),
              new SessionTables(checkpoint.sessions()::writes)),
          new CutPolicy(INTERVAL_MS, 0, 0),
          10,
          new Retries(4, ms -> {}),
          () -> "%08x".formatted(nonces++),
          new BrokerTopicWatch(
              broker,
              new TopicPolicy(new StartingOffsets.Latest(), true, OnTopicRecreated.FAIL, true),
              "/checkpoint",
              new TopicFigures()),
          new ArrayDeque<>(),
          new Port());

  /** Whoever dies after it continues there, whatever the end of the log is by then. */
  @Test
  void makesItsStartDurableBeforeAnyRecordComes() throws IOException {
    session.open(List.of(US0), 0);
    assertThat(ranges())
        .containsEntry(US0, new OffsetRange(70, 70, true))
        .containsEntry(US1, new OffsetRange(80, 80, true));
  }

  /** Partitions of others that it does not pin they would take for added, and read whole. */
  @Test
  void tellsWherePartitionsOfOthersBeginWhenItCannotDoSoAtOnce() throws IOException {
    session.open(List.of(EU0), 0);
    session.put(records(EU0, 100), 1);
    session.preCommit(Map.of(EU0, 101L), INTERVAL_MS);
    broker.leaderless.add(EU0);
    session.put(records(EU0, 105), INTERVAL_MS + 1);
    session.open(List.of(US0), INTERVAL_MS + 2);
    assertThat(ranges()).doesNotContainKeys(US0, US1);

    broker.leaderless.clear();
    session.put(records(US0), 100_000);
    session.preCommit(Map.of(EU0, 106L, US0, 70L), 100_001);
    assertThat(ranges())
        .containsEntry(EU0, new OffsetRange(101, 106))
        .containsEntry(US0, new OffsetRange(70, 70, true))
        .containsEntry(US1, new OffsetRange(80, 80, true));
  }

  /** Connect logs what is thrown there, and continues. */
  @Test
  void failsInPutWhenKafkaCannotBeAskedDuringACommit() {
    session.open(List.of(EU0), 0);
    session.put(records(EU0, 100, 101), 1);
    broker.failure = new KafkaException("interrupted");
    // The look before the cut; then the offset that runs backwards makes it look again.
    broker.answersBeforeFailure = 1;
    assertThat(session.preCommit(Map.of(EU0, 99L), INTERVAL_MS)).isEmpty();
    assertThatThrownBy(() -> session.put(records(EU0), INTERVAL_MS + 1)).isSameAs(broker.failure);
  }

  @Test
  void sealsNothingOfATopicThatWasCreatedAgainInFrontOfALoss() throws IOException {
    session.open(List.of(US0), 0);
    session.put(records(US0, 70, 71), 1);
    broker.with(US0, 75, 90).ids.put("us", "another");
    assertThatThrownBy(() -> session.put(records(US0, 80), 2 * INTERVAL_MS))
        .hasMessageContaining("TM-182");
    assertThat(ranges()).containsEntry(US0, new OffsetRange(70, 70, true));
  }

  @Test
  void sealsNothingOfATopicThatWasCreatedAgainWithTheStartOfAnotherOne() throws IOException {
    session.open(List.of(EU0), 0);
    session.put(records(EU0, 100, 101), 1);
    broker.ids.put("eu", "another");
    assertThatThrownBy(() -> session.open(List.of(US0), 2)).hasMessageContaining("TM-182");
    assertThat(ranges()).containsEntry(EU0, new OffsetRange(100, 100, true));
  }

  /** Of the last segment. */
  private Map<TopicPartition, OffsetRange> ranges() throws IOException {
    SegmentId last = new TreeSet<>(checkpoint.segments().ids()).last();
    return checkpoint.segments().read(last).orElseThrow().ranges();
  }

  private static Delivery records(TopicPartition partition, long... offsets) {
    return Delivery.of(
        LongStream.of(offsets)
            .mapToObj(
                offset ->
                    new SinkRecord(
                        partition.topic(), partition.partition(), null, null, null, "", offset))
            .toList());
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
