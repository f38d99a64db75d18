package io.tidemark.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes text records to topics. */
public final class Records implements AutoCloseable {

  private final KafkaProducer<String, String> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  public Records(String bootstrapServers) {
    this(bootstrapServers, Map.of());
  }

  /**
   * @param overrides producer properties, such as {@code transactional.id}
   */
  public Records(String bootstrapServers, Map<String, Object> overrides) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.putAll(overrides);
    this.producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  /** Sends a record; {@link #flush} says whether all have arrived. */
  public void send(String topic, String key, String value) {
    send(new ProducerRecord<>(topic, key, value));
  }

  /**
   * Sends a record to a partition.
   *
   * @param key may be null
   * @param value may be null
   */
  public void send(String topic, int partition, String key, String value) {
    send(new ProducerRecord<>(topic, partition, key, value));
  }

  /** Sends a record with headers and a timestamp of the caller's choice. */
  @SuppressWarnings("FutureReturnValueIgnored") // The callback keeps the failure for flush.
  public void send(ProducerRecord<String, String> record) {
    producer.send(
        record,
        (metadata, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          }
        });
  }

  /** Returns when every record has arrived, fails when one could not be written. */
  public void flush() {
    producer.flush();
    if (failure.get() != null) {
      throw ClusterErrors.kafkaFailed("write a record", failure.get());
    }
  }

  /** For transactions. */
  public KafkaProducer<String, String> producer() {
    return producer;
  }

  @Override
  public void close() {
    producer.close();
  }
}
