package io.tidemark.sink.kafka;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.common.TidemarkException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka's own answers, through clients that are made when there is something to ask. */
public final class AdminBroker implements Broker, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AdminBroker.class);

  /** Longer than the client's own time-outs, which tell more. */
  private static final long PATIENCE_S = 60;

  private final Map<String, Object> settings;
  private final String group;
  private final Optional<String> isolation;
  private Admin admin;
  private boolean retentionRefused;

  /**
   * @param settings of the admin client; may hold credentials
   * @param group consumer group of the connector
   * @param isolation level of its consumer, empty for Kafka's own
   */
  public AdminBroker(Map<String, Object> settings, String group, Optional<String> isolation) {
    this.settings = Map.copyOf(settings);
    this.group = group;
    this.isolation = isolation;
  }

  @Override
  public Map<TopicPartition, Long> earliest(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.earliest());
  }

  @Override
  public Map<TopicPartition, Long> latest(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.latest());
  }

  /** The end of each log, when Kafka answers: nothing waits here. */
  public CompletionStage<Map<TopicPartition, Long>> ends(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
    return admin()
        .listOffsets(wanted)
        .all()
        .toCompletionStage()
        .thenApply(
            found -> {
              Map<TopicPartition, Long> ends = new HashMap<>();
              found.forEach((partition, end) -> ends.put(partition, end.offset()));
              return ends;
            });
  }

  @Override
  public Map<TopicPartition, Long> since(Map<TopicPartition, Long> timestampsMs) {
    // Asked first: what is appended in between is not older than the time, or is before the end.
    Map<TopicPartition, Long> ends = latest(timestampsMs.keySet());
    Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
    timestampsMs.forEach(
        (partition, timestampMs) -> specs.put(partition, OffsetSpec.forTimestamp(timestampMs)));
    Map<TopicPartition, Long> offsets = offsets(specs);
    offsets.replaceAll((partition, offset) -> offset >= 0 ? offset : ends.get(partition));
    offsets.values().removeIf(offset -> offset == null);
    return offsets;
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, spec));
    return offsets(wanted);
  }

  private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> wanted) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    if (wanted.isEmpty()) {
      return offsets;
    }
    ListOffsetsResult answer = admin().listOffsets(wanted);
    for (TopicPartition partition : wanted.keySet()) {
      try {
        answer("offsets of " + partition, () -> answer.partitionResult(partition))
            .ifPresent(found -> offsets.put(partition, found.offset()));
      } catch (UnknownTopicOrPartitionException e) {
        LOG.debug("Kafka does not know {}", partition, e);
      }
    }
    return offsets;
  }

  @Override
  public Map<TopicPartition, Boolean> holdRecords(Map<TopicPartition, OffsetRange> ranges) {
    return new RecordProbe(settings, isolation).look(ranges);
  }

  @Override
  public Map<TopicPartition, Committed> committed(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Committed> committed = new HashMap<>();
    answer(
            "offsets of group " + group,
            () -> admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .ifPresent(
            found -> {
              for (TopicPartition partition : partitions) {
                OffsetAndMetadata offset = found.get(partition);
                if (offset != null) {
                  committed.put(partition, new Committed(offset.offset(), offset.metadata()));
                }
              }
            });
    return committed;
  }

  @Override
  public Map<String, Topic> topics(Collection<String> names) {
    Map<String, Topic> topics = new HashMap<>();
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin().describeTopics(names).topicNameValues();
    answers.forEach(
        (name, future) -> {
          try {
            answer("topic " + name, () -> future)
                .map(found -> new Topic(id(found.topicId()), found.partitions().size()))
                .ifPresent(topic -> topics.put(name, topic));
          } catch (UnknownTopicOrPartitionException e) {
            topics.put(name, new Topic(Optional.empty(), 0));
          }
        });
    return topics;
  }

  private static Optional<String> id(Uuid id) {
    return id == null || id.equals(Uuid.ZERO_UUID) ? Optional.empty() : Optional.of(id.toString());
  }

  @Override
  public Optional<String> clusterId() {
    return answer("id of the cluster", () -> admin().describeCluster().clusterId());
  }

  @Override
  public Map<String, Retention> retention(Collection<String> topics) {
    Map<String, Retention> retention = new HashMap<>();
    if (retentionRefused) {
      return retention;
    }
    List<ConfigResource> resources = new ArrayList<>();
    topics.forEach(topic -> resources.add(new ConfigResource(ConfigResource.Type.TOPIC, topic)));
    Map<ConfigResource, KafkaFuture<Config>> answers = admin().describeConfigs(resources).values();
    for (ConfigResource resource : resources) {
      try {
        answer("configuration of " + resource.name(), () -> answers.get(resource))
            .flatMap(AdminBroker::retention)
            .ifPresent(found -> retention.put(resource.name(), found));
      } catch (UnknownTopicOrPartitionException e) {
        LOG.debug("Kafka does not know {}", resource, e);
      } catch (TidemarkException e) {
        LOG.info(
            "Kafka does not let the connector read the retention of topics ({}). The connector"
                + " cannot warn before records expire unread. To get this warning, allow"
                + " DESCRIBE_CONFIGS on the topics.",
            e.code());
        retentionRefused = true;
        return Map.of();
      }
    }
    return retention;
  }

  private static Optional<Retention> retention(Config config) {
    ConfigEntry policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (policy == null || !policy.value().contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
      return Optional.empty();
    }
    return Optional.of(
        new Retention(
            number(config, TopicConfig.RETENTION_MS_CONFIG),
            number(config, TopicConfig.RETENTION_BYTES_CONFIG)));
  }

  private static long number(Config config, String key) {
    ConfigEntry entry = config.get(key);
    return entry == null || entry.value() == null ? -1 : Long.parseLong(entry.value());
  }

  private Admin admin() {
    if (admin == null) {
      try {
        admin = Admin.create(settings);
      } catch (RuntimeException e) {
        throw BrokerErrors.unreachable(e);
      }
    }
    return admin;
  }

  /**
   * Empty when Kafka does not answer in time.
   *
   * @throws UnknownTopicOrPartitionException when it does not know
   */
  private static <T> Optional<T> answer(String what, Supplier<KafkaFuture<T>> call) {
    try {
      return Optional.ofNullable(call.get().get(PATIENCE_S, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new InterruptException("Interrupted while asking Kafka for the " + what, e);
    } catch (TimeoutException e) {
      LOG.warn("Kafka did not answer the request for the {} within {} s", what, PATIENCE_S);
      return Optional.empty();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof UnknownTopicOrPartitionException unknown) {
        throw unknown;
      }
      if (cause instanceof RetriableException) {
        LOG.warn("Kafka did not answer the request for the {}: {}", what, cause.toString());
        return Optional.empty();
      }
      if (cause instanceof AuthorizationException) {
        throw BrokerErrors.refuses(what, cause);
      }
      throw BrokerErrors.unreachable(cause);
    }
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(java.time.Duration.ofSeconds(1));
    }
  }
}
