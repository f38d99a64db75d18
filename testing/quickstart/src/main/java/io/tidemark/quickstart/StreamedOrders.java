package io.tidemark.quickstart;

import io.tidemark.cluster.Patience;
import io.tidemark.cluster.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The orders' table as a topic again, each version of it in one transaction. */
final class StreamedOrders {

  private static final Patience PATIENCE = Patience.ofSeconds(180);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final String VERSION = "_delta_version";

  private final Connector connector;
  private final String bootstrapServers;
  private final int partitions;

  StreamedOrders(Connector connector, String bootstrapServers, int partitions) {
    this.connector = connector;
    this.bootstrapServers = bootstrapServers;
    this.partitions = partitions;
  }

  Connector connector() {
    return connector;
  }

  void post(Topics topics) {
    topics.create(topic(), partitions);
    connector.post();
  }

  /** Reads the topic as a consumer of committed records until it has all, and prints the result. */
  boolean judge(Terminal terminal, int sent) {
    terminal.step(
        "The orders in topic " + topic() + ", as a consumer of committed records reads it");
    OrdersVerdict verdict = new OrdersVerdict(sent);
    SortedMap<Long, Long> versions = new TreeMap<>();
    try (KafkaConsumer<String, String> consumer = consumer()) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic()).stream()
              .map(info -> new TopicPartition(topic(), info.partition()))
              .toList();
      consumer.assign(all);
      PATIENCE.await(
          "the topic has every order",
          () -> {
            for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
              verdict.accept(Long.parseLong(record.key()));
              versions.merge(version(record), 1L, Long::sum);
            }
            terminal.progress(verdict.rows() + " records");
            return verdict.distinct() >= sent && isAtEnd(consumer, all);
          });
    }
    versions.forEach(
        (version, records) ->
            terminal.say("version %d of the table: %d records".formatted(version, records)));
    terminal.say("%d records, %d distinct order_id".formatted(verdict.rows(), verdict.distinct()));
    terminal.say("%d missing, %d duplicate".formatted(verdict.missing(), verdict.duplicates()));
    return verdict.isExactlyOnce();
  }

  private String topic() {
    return connector.topic();
  }

  private KafkaConsumer<String, String> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
        new StringDeserializer(),
        new StringDeserializer());
  }

  private static boolean isAtEnd(KafkaConsumer<?, ?> consumer, List<TopicPartition> all) {
    return consumer.endOffsets(all).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static long version(ConsumerRecord<?, ?> record) {
    byte[] header = Objects.requireNonNull(record.headers().lastHeader(VERSION)).value();
    return Long.parseLong(new String(header, StandardCharsets.UTF_8));
  }
}
