package io.tidemark.command;

import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.command.error.CommandErrors;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Option;

/** How to connect to Kafka, for commands that can ask it. */
final class KafkaOptions {

  private static final String TIMEOUT_MS = "20000";

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description = "Kafka, which is asked for the end offsets of the partitions.")
  private String bootstrapServer;

  @Option(
      names = "--command-config",
      paramLabel = "FILE",
      description = "Properties of Kafka's admin client, such as security.protocol.")
  private Path commandConfig;

  boolean isGiven() {
    return bootstrapServer != null;
  }

  /** The offsets of the partitions that a spec means; empty without Kafka. */
  SortedMap<TopicPartition, Long> offsets(Frontier frontier, OffsetSpec spec) throws IOException {
    if (!isGiven() || frontier.ends().isEmpty()) {
      return new TreeMap<>(Offsets.ORDER);
    }
    return ask(admin -> offsets(admin, frontier.ends().keySet(), spec));
  }

  /** The offsets of all partitions that a topic has. */
  SortedMap<TopicPartition, Long> offsetsOf(String topic, OffsetSpec spec) throws IOException {
    return ask(
        admin -> {
          Set<TopicPartition> partitions = new HashSet<>();
          admin
              .describeTopics(Set.of(topic))
              .allTopicNames()
              .get()
              .get(topic)
              .partitions()
              .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
          return offsets(admin, partitions, spec);
        });
  }

  private static SortedMap<TopicPartition, Long> offsets(
      Admin admin, Set<TopicPartition> partitions, OffsetSpec spec)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, spec));
    var result = admin.listOffsets(wanted);
    SortedMap<TopicPartition, Long> offsets = new TreeMap<>(Offsets.ORDER);
    for (TopicPartition partition : partitions) {
      offsets.put(partition, result.partitionResult(partition).get().offset());
    }
    return offsets;
  }

  private interface Question<T> {
    T ask(Admin admin) throws ExecutionException, InterruptedException;
  }

  private <T> T ask(Question<T> question) throws IOException {
    Properties properties = properties();
    try (Admin admin = Admin.create(properties)) {
      return question.ask(admin);
    } catch (ExecutionException | KafkaException e) {
      throw CommandErrors.kafkaUnreachable(bootstrapServer, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while Kafka was asked", e);
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put("request.timeout.ms", TIMEOUT_MS);
    properties.put("default.api.timeout.ms", TIMEOUT_MS);
    if (commandConfig != null) {
      try (Reader reader = Files.newBufferedReader(commandConfig)) {
        properties.load(reader);
      } catch (IOException e) {
        throw CommandErrors.fileUnusable("--command-config", commandConfig, e);
      }
    }
    properties.put("bootstrap.servers", bootstrapServer);
    return properties;
  }
}
