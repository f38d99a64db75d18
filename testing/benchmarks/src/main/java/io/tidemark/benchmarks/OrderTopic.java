package io.tidemark.benchmarks;

import io.tidemark.cluster.Topics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic full of orders, which all contestants of a run read.
 *
 * @param name of the topic
 * @param partitions that have the orders in turn
 * @param records in all
 * @param averageBytes of a value
 */
record OrderTopic(String name, int partitions, long records, long averageBytes) {

  private static final long SEED = 42;

  /** Makes the topic and fills it; every record has arrived when this returns. */
  static OrderTopic fill(
      Topics topics, String bootstrapServers, String name, int partitions, long records) {
    topics.create(name, partitions, Map.of("retention.ms", "-1"));
    OrderGenerator orders = new OrderGenerator(SEED, records);
    AtomicReference<Exception> failure = new AtomicReference<>();
    long bytes = 0;
    try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers)) {
      for (long i = 0; i < records; i++) {
        byte[] order = orders.next();
        bytes += order.length;
        send(
            producer,
            new ProducerRecord<>(name, (int) (i % partitions), orders.eventMs(), null, order),
            failure);
      }
      producer.flush();
    }
    if (failure.get() != null) {
      throw BenchmarkErrors.notSent(name, failure.get());
    }
    return new OrderTopic(name, partitions, records, bytes / records);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback keeps the failure.
  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      ProducerRecord<byte[], byte[]> order,
      AtomicReference<Exception> failure) {
    producer.send(
        order,
        (metadata, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          }
        });
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.BATCH_SIZE_CONFIG,
            64 << 10),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
