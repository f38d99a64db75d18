package io.tidemark.sink.kafka;

import io.tidemark.checkpoint.log.OffsetRange;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer of no group that sees where logs have records. The connector's own hands out records
 * and keeps to itself what it passes between them.
 */
final class RecordProbe {

  private static final Logger LOG = LoggerFactory.getLogger(RecordProbe.class);
  private static final Duration POLL = Duration.ofMillis(200);

  /** Ten seconds, if nothing comes. */
  private static final int POLLS = 50;

  private final Supplier<Consumer<byte[], byte[]>> client;

  /**
   * @param settings of a client; may hold credentials
   * @param isolation what counts as a record for the connector's consumer, empty for Kafka's
   *     default
   */
  RecordProbe(Map<String, Object> settings, Optional<String> isolation) {
    this(() -> new KafkaConsumer<>(own(settings, isolation)));
  }

  RecordProbe(Supplier<Consumer<byte[], byte[]>> client) {
    this.client = client;
  }

  private static Map<String, Object> own(Map<String, Object> settings, Optional<String> isolation) {
    Map<String, Object> own = new HashMap<>(settings);
    own.remove(ConsumerConfig.ISOLATION_LEVEL_CONFIG);
    isolation.ifPresent(level -> own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, level));
    own.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    own.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    // The first batch is always handed out whole, and the first record is enough.
    own.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
    return own;
  }

  /** Whether each range holds a record; without those of which it could not be seen. */
  Map<TopicPartition, Boolean> look(Map<TopicPartition, OffsetRange> ranges) {
    Map<TopicPartition, Boolean> seen = new HashMap<>();
    try {
      try (Consumer<byte[], byte[]> consumer = client.get()) {
        look(consumer, ranges, seen);
      }
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("Cannot check whether Kafka has records at {}", ranges, e);
    }
    return seen;
  }

  private static void look(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, OffsetRange> ranges,
      Map<TopicPartition, Boolean> seen) {
    consumer.assign(ranges.keySet());
    ranges.forEach((partition, range) -> consumer.seek(partition, range.from()));
    for (int poll = 0; poll < POLLS && seen.size() < ranges.size(); poll++) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      ranges.forEach(
          (partition, range) ->
              holdsRecord(range, records.records(partition), consumer.position(partition))
                  .ifPresent(holds -> seen.putIfAbsent(partition, holds)));
      consumer.pause(seen.keySet());
    }
  }

  private static Optional<Boolean> holdsRecord(
      OffsetRange range, List<ConsumerRecord<byte[], byte[]>> records, long position) {
    if (!records.isEmpty()) {
      return Optional.of(records.get(0).offset() < range.to());
    }
    return position >= range.to() ? Optional.of(false) : Optional.empty();
  }
}
