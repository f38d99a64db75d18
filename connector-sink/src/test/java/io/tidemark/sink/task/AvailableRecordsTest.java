package io.tidemark.sink.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.fake.FakeBroker;
import io.tidemark.sink.segment.Delivery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class AvailableRecordsTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);

  private final FakeBroker broker = new FakeBroker().with(P0, 0, 10).with(P1, 0, 0);
  private final List<TopicPartition> paused = new ArrayList<>();
  private final AvailableRecords available = new AvailableRecords(broker, new Port());
  private long nowMs;

  private static SinkRecord record(TopicPartition partition, long offset) {
    return new SinkRecord(
        partition.topic(), partition.partition(), null, null, null, "value", offset);
  }

  private static List<Long> offsets(Collection<SinkRecord> records) {
    return records.stream().map(SinkRecord::kafkaOffset).toList();
  }

  private boolean isDone(Map<TopicPartition, Long> frontier) {
    nowMs += 60_000;
    Standing standing = new Standing(0, 0, 0, frontier, 2, OptionalLong.empty());
    return available.tick(standing, true, nowMs);
  }

  @Test
  void readsNothingThatCameAfterThePartitionWasAssigned() {
    available.opened(List.of(P0, P1));
    broker.with(P0, 0, 20).with(P1, 0, 5);
    List<SinkRecord> records =
        List.of(record(P0, 8), record(P0, 9), record(P0, 10), record(P1, 0), record(P0, 11));
    Delivery within = available.within(new Delivery(records, List.of(records)));
    assertThat(offsets(within.records())).containsExactly(8L, 9L);
    assertThat(offsets(within.absorbed().get(0))).containsExactly(8L, 9L);
    assertThat(available.within(Map.of(P0, 12L, P1, 1L))).isEqualTo(Map.of(P0, 10L, P1, 0L));
  }

  @Test
  void isDoneWhenAllIsCommitted() {
    available.opened(List.of(P0, P1));
    available.within(Map.of(P0, 10L, P1, 0L));
    assertThat(isDone(Map.of(P0, 9L))).isFalse();
    assertThat(isDone(Map.of(P0, 10L))).isTrue();
    broker.with(P0, 0, 20);
    assertThat(isDone(Map.of(P0, 10L))).as("what comes later is for the next run").isTrue();
  }

  @Test
  void isDoneBeforeTheMarkerOfATransaction() {
    broker.markers.put(P0, Set.of(8L, 9L));
    available.opened(List.of(P0, P1));
    assertThat(isDone(Map.of(P0, 7L))).as("7 is a record").isFalse();
    assertThat(isDone(Map.of(P0, 8L))).isTrue();
  }

  @Test
  void isNotDoneBeforeKafkaSaysWhereALogEnds() {
    broker.leaderless.add(P1);
    available.opened(List.of(P0, P1));
    assertThat(available.within(Delivery.of(List.of(record(P1, 3)))).isEmpty()).isFalse();
    assertThat(isDone(Map.of(P0, 10L))).isFalse();
    broker.leaderless.clear();
    broker.with(P1, 0, 4);
    assertThat(isDone(Map.of(P0, 10L, P1, 3L))).isFalse();
    assertThat(isDone(Map.of(P0, 10L, P1, 4L))).isTrue();
  }

  @Test
  void learnsWhereALogEndsAlsoWhileRecordsCome() {
    broker.leaderless.add(P0);
    available.opened(List.of(P0, P1));
    assertThat(available.within(Delivery.of(List.of(record(P0, 10)))).isEmpty()).isFalse();
    broker.leaderless.clear();
    available.tick(new Standing(0, 0, 0, Map.of(), 2, OptionalLong.empty()), false, 60_000);
    assertThat(available.within(Delivery.of(List.of(record(P0, 10)))).isEmpty()).isTrue();
  }

  @Test
  void fetchesNothingMoreFromAPartitionThatIsReadToItsEnd() {
    available.opened(List.of(P0, P1));
    available.within(Map.of(P0, 9L, P1, 3L));
    isDone(Map.of());
    assertThat(paused).containsExactly(P1);
    available.within(Map.of(P0, 11L, P1, 3L));
    isDone(Map.of());
    isDone(Map.of());
    assertThat(paused).containsExactly(P1, P0);
    assertThat(available.unread(List.of(P0, P1))).isEmpty();
  }

  @Test
  void aPartitionThatComesBackIsReadToItsNewEnd() {
    available.opened(List.of(P0, P1));
    available.within(Map.of(P0, 10L, P1, 0L));
    isDone(Map.of(P0, 10L));
    available.released(List.of(P0));
    broker.with(P0, 0, 20);
    available.opened(List.of(P0));
    assertThat(offsets(available.within(Delivery.of(List.of(record(P0, 15)))).records()))
        .containsExactly(15L);
    assertThat(available.unread(List.of(P0))).containsExactly(P0);
    assertThat(isDone(Map.of(P0, 10L))).isFalse();
  }

  private final class Port implements TaskPort {

    @Override
    public void pause(Collection<TopicPartition> partitions) {
      paused.addAll(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {}

    @Override
    public void seek(Map<TopicPartition, Long> offsets) {}

    @Override
    public void requestCommit() {}

    @Override
    public void wakeDriver() {}

    @Override
    public void reset(OffsetReset reset) {}
  }
}
