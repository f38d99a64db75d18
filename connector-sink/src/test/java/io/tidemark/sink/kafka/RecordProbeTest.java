package io.tidemark.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.OffsetRange;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What counts as a record, over Kafka's own consumer for tests. */
class RecordProbeTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final RecordProbe probe = new RecordProbe(() -> consumer);

  @Test
  void seesRecordsInARangeAndNotAfterIt() {
    consumer.schedulePollTask(
        () -> {
          record(P0, 19);
          record(P1, 20);
        });
    assertThat(probe.look(Map.of(P0, new OffsetRange(18, 20), P1, new OffsetRange(18, 20))))
        .isEqualTo(Map.of(P0, true, P1, false));
  }

  @Test
  void seesThatTheConsumerHasPassedARangeWithoutARecord() {
    consumer.schedulePollTask(() -> {});
    consumer.schedulePollTask(() -> consumer.seek(P0, 20));
    assertThat(probe.look(Map.of(P0, new OffsetRange(18, 20)))).isEqualTo(Map.of(P0, false));
  }

  @Test
  void saysNothingOfARangeThatItDoesNotGetThrough() {
    consumer.schedulePollTask(() -> record(P0, 18));
    assertThat(probe.look(Map.of(P0, new OffsetRange(18, 20), P1, new OffsetRange(18, 20))))
        .isEqualTo(Map.of(P0, true));
  }

  @Test
  void saysNothingWhenKafkaRefuses() {
    consumer.setPollException(new KafkaException("refused"));
    assertThat(probe.look(Map.of(P0, new OffsetRange(18, 20)))).isEmpty();
  }

  @Test
  void closesItsConsumer() {
    consumer.schedulePollTask(() -> record(P0, 19));
    probe.look(Map.of(P0, new OffsetRange(18, 20)));
    assertThat(consumer.closed()).isTrue();
  }

  private void record(TopicPartition partition, long offset) {
    consumer.addRecord(
        new ConsumerRecord<>(
            partition.topic(), partition.partition(), offset, new byte[0], new byte[0]));
  }
}
