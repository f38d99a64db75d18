package io.tidemark.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a consumer of committed records sees of a topic. */
final class CommittedTopic implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaConsumer<String, String> consumer;
  private final KafkaConsumer<String, String> counter;
  private final List<TopicPartition> partitions;
  private long counted;

  CommittedTopic(Cluster cluster, String topic) {
    this.consumer = consumer(cluster);
    this.counter = consumer(cluster);
    this.partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    counter.assign(partitions);
    counter.seekToBeginning(partitions);
  }

  private static KafkaConsumer<String, String> consumer(Cluster cluster) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            cluster.broker.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed"),
        new StringDeserializer(),
        new StringDeserializer());
  }

  /**
   * A record.
   *
   * @param version of the table that its header names
   * @param change what became of the row
   */
  record Seen(int partition, long offset, String key, JsonNode value, long version, String change) {

    long id() {
      return value.path("id").asLong();
    }
  }

  /** Everything that is committed now. */
  List<Seen> read() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    consumer.seekToBeginning(partitions);
    List<Seen> records = new ArrayList<>();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
        records.add(seen(record));
      }
    }
    return records;
  }

  /** How many records are committed now. */
  long count() {
    Map<TopicPartition, Long> ends = counter.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> counter.position(end.getKey()) < end.getValue())) {
      counted += counter.poll(Duration.ofMillis(200)).count();
    }
    return counted;
  }

  /**
   * The transactions of a topic with one partition and one producer: between two of them there is
   * the offset of a marker.
   */
  static List<List<Seen>> transactions(List<Seen> records) {
    List<List<Seen>> transactions = new ArrayList<>();
    long next = -1;
    for (Seen record : records) {
      if (record.offset() != next) {
        transactions.add(new ArrayList<>());
      }
      transactions.get(transactions.size() - 1).add(record);
      next = record.offset() + 1;
    }
    return transactions;
  }

  /** How many records each version has. */
  static Map<Long, Long> byVersion(List<Seen> records) {
    return records.stream().collect(Collectors.groupingBy(Seen::version, Collectors.counting()));
  }

  private static Seen seen(ConsumerRecord<String, String> record) {
    try {
      return new Seen(
          record.partition(),
          record.offset(),
          record.key(),
          record.value() == null ? NullNode.getInstance() : JSON.readTree(record.value()),
          Long.parseLong(header(record, "_delta_version")),
          header(record, "_delta_change_type"));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String header(ConsumerRecord<String, String> record, String key) {
    Header header = record.headers().lastHeader(key);
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    consumer.close();
    counter.close();
  }
}
