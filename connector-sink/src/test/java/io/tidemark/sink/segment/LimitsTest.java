package io.tidemark.sink.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** What of a task's work belongs to a batch that Spark planned. */
class LimitsTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);

  private final Limits limits = new Limits(4, new Frontier(Offsets.sorted(Map.of(P0, 20L))));

  @Test
  void takesOfWhatIsLostWhatBelongsToTheBatch() {
    assertThat(limits.within(P0, new OffsetRange(12, 30))).hasValue(new OffsetRange(12, 20));
    assertThat(limits.within(P0, new OffsetRange(12, 15))).hasValue(new OffsetRange(12, 15));
    assertThat(limits.within(P0, new OffsetRange(20, 30))).isEmpty();
    assertThat(limits.within(P1, new OffsetRange(0, 30))).isEmpty();
    assertThat(Limits.NONE.within(P0, new OffsetRange(12, 30))).hasValue(new OffsetRange(12, 30));
  }

  @Test
  void takesOfPositionsWhatBelongsToTheBatch() {
    assertThat(limits.within(Map.of(P0, 25L, P1, 7L))).isEqualTo(Map.of(P0, 20L));
    assertThat(limits.within(Map.of(P0, 15L))).isEqualTo(Map.of(P0, 15L));
  }

  @Test
  void takesOfRecordsWhatBelongsToTheBatch() {
    Delivery delivery =
        new Delivery(
            List.of(record(P0, 19), record(P0, 20), record(P1, 0)),
            List.of(List.of(record(P0, 20)), List.of(record(P0, 18))));
    Delivery within = limits.within(delivery);
    assertThat(within.records()).extracting(SinkRecord::kafkaOffset).containsExactly(19L);
    assertThat(within.absorbed().get(0)).isEmpty();
    assertThat(within.absorbed().get(1)).hasSize(1);
  }

  private static SinkRecord record(TopicPartition partition, long offset) {
    return new SinkRecord(partition.topic(), partition.partition(), null, null, null, null, offset);
  }
}
