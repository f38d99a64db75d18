package io.tidemark.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Topics of a broker, and how far groups have come in them. */
public final class Topics implements AutoCloseable {

  private final Admin admin;

  public Topics(String bootstrapServers) {
    this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  /** Creates the topic; returns when it has been created. */
  public void create(String topic, int partitions) {
    create(topic, partitions, Map.of());
  }

  /**
   * @param config of the topic, such as {@code cleanup.policy}
   */
  public void create(String topic, int partitions, Map<String, String> config) {
    NewTopic wanted = new NewTopic(topic, partitions, (short) 1).configs(config);
    done("create topic " + topic, admin.createTopics(List.of(wanted)).all());
  }

  /** Sets one entry of the topic's configuration. */
  public void configure(String topic, String key, String value) {
    AlterConfigOp set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    done(
        "configure topic " + topic,
        admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all());
  }

  /** Gives the topic more partitions; returns when it has them. */
  public void grow(String topic, int partitions) {
    Map<String, NewPartitions> wanted = Map.of(topic, NewPartitions.increaseTo(partitions));
    done("add partitions to topic " + topic, admin.createPartitions(wanted).all());
  }

  public void delete(String topic) {
    done("delete topic " + topic, admin.deleteTopics(List.of(topic)).all());
  }

  public TopicDescription describe(String topic) {
    return done("describe topic " + topic, admin.describeTopics(List.of(topic)).allTopicNames())
        .get(topic);
  }

  /** Every topic that is not Kafka's own. */
  public Collection<String> names() {
    return done("list topics", admin.listTopics().names());
  }

  /** By partition, the offset that the next record will get. */
  public Map<Integer, Long> endOffsets(String topic) {
    return offsets(topic, OffsetSpec.latest());
  }

  /** By partition, the offset of the oldest record that is left. */
  public Map<Integer, Long> startOffsets(String topic) {
    return offsets(topic, OffsetSpec.earliest());
  }

  /** Deletes the records below an offset, as retention would. */
  public void expire(String topic, int partition, long beforeOffset) {
    Map<TopicPartition, RecordsToDelete> records =
        Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(beforeOffset));
    done("delete records of " + topic, admin.deleteRecords(records).all());
  }

  /** By partition, the offset that the group has committed; without those where it has none. */
  public Map<Integer, Long> committed(String group, String topic) {
    Map<Integer, Long> offsets = new TreeMap<>();
    done(
            "list offsets of group " + group,
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach(
            (partition, offset) -> {
              if (partition.topic().equals(topic) && offset != null) {
                offsets.put(partition.partition(), offset.offset());
              }
            });
    return offsets;
  }

  /** Commits for a group without members, as the tools for consumer groups do. */
  public void commit(String group, String topic, int partition, long offset) {
    done(
        "alter offsets of group " + group,
        admin
            .alterConsumerGroupOffsets(
                group, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
            .all());
  }

  /** Forgets what a group without members has committed. */
  public void forgetCommitted(String group, String topic) {
    forgetCommitted(group, topic, endOffsets(topic).keySet());
  }

  /** Forgets that of some partitions. */
  public void forgetCommitted(String group, String topic, Collection<Integer> numbers) {
    Set<TopicPartition> partitions =
        numbers.stream()
            .map(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toSet());
    done(
        "delete offsets of group " + group,
        admin.deleteConsumerGroupOffsets(group, partitions).all());
  }

  /** Consumers in the group. */
  public int members(String group) {
    return done("describe group " + group, admin.describeConsumerGroups(List.of(group)).all())
        .get(group)
        .members()
        .size();
  }

  /** Records of the topic that the group has not committed. */
  public long lag(String group, String topic) {
    Map<Integer, Long> starts = startOffsets(topic);
    Map<Integer, Long> committed = committed(group, topic);
    long lag = 0;
    for (Map.Entry<Integer, Long> end : endOffsets(topic).entrySet()) {
      Integer partition = end.getKey();
      lag += end.getValue() - committed.getOrDefault(partition, starts.get(partition));
    }
    return lag;
  }

  @Override
  public void close() {
    admin.close();
  }

  private Map<Integer, Long> offsets(String topic, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> wanted =
        describe(topic).partitions().stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .collect(Collectors.toMap(Function.identity(), partition -> spec));
    Map<Integer, Long> offsets = new TreeMap<>();
    done("list offsets of " + topic, admin.listOffsets(wanted).all())
        .forEach((partition, offset) -> offsets.put(partition.partition(), offset.offset()));
    return offsets;
  }

  private static <T> T done(String action, KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw ClusterErrors.kafkaFailed(action, e.getCause());
    } catch (InterruptedException e) {
      throw ClusterErrors.interrupted(action, e);
    }
  }
}
