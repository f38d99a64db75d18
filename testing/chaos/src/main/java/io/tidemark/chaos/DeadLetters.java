package io.tidemark.chaos;

import io.tidemark.chaos.Ledger.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The content of a dead letter queue.
 *
 * @param places of the records, by the context headers of the letters, in the order of the queue
 */
record DeadLetters(List<Place> places) {

  private static final String CONTEXT = "__connect.errors.";

  DeadLetters {
    places = List.copyOf(places);
  }

  /** Reads the queue, a topic of one partition, from its beginning to its end. */
  static DeadLetters read(String bootstrapServers, String queue) {
    List<Place> places = new ArrayList<>();
    TopicPartition partition = new TopicPartition(queue, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofMillis(200))) {
          places.add(
              new Place(
                  new TopicPartition(
                      context(letter, "topic"), Integer.parseInt(context(letter, "partition"))),
                  Long.parseLong(context(letter, "offset"))));
        }
      }
    }
    return new DeadLetters(places);
  }

  private static String context(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(CONTEXT + name).value(), StandardCharsets.UTF_8);
  }

  /** Poison records without a letter in the queue. */
  long missing(Set<Place> poison) {
    return without(poison, Set.copyOf(places));
  }

  /** Records in the queue that are good, or that were never written. */
  long good(Set<Place> poison) {
    return without(Set.copyOf(places), poison);
  }

  private static long without(Set<Place> all, Set<Place> those) {
    Set<Place> rest = new HashSet<>(all);
    rest.removeAll(those);
    return rest.size();
  }
}
