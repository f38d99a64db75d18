package io.tidemark.sink;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** A connector of one task on local directories, with neither worker nor broker. */
final class LocalTask implements AutoCloseable {

  static final String TOPIC = "orders";

  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private final Map<String, String> props;

  /** Of the next record: where the task has seeked to. */
  private long offset;

  private final DeltaSinkTask task = new DeltaSinkTask();
  private final PluginMetrics metrics;

  /**
   * Starts connector and task on a worker that takes no metrics.
   *
   * @param props without those that every connector here has
   */
  LocalTask(Map<String, String> props) {
    this(props, null);
  }

  /** Starts connector and task on a worker that takes these metrics. */
  LocalTask(Map<String, String> props, PluginMetrics metrics) {
    this.metrics = metrics;
    this.props = new HashMap<>(props);
    this.props.put("name", "orders");
    this.props.put("topics", TOPIC);
    this.props.putIfAbsent("commit.interval.ms", "100");
    // All that needs a broker.
    this.props.put("fail.on.data.loss", "false");
    this.props.put("starting.offsets", "committed");
    this.props.put("on.topic.recreated", "fail");
    DeltaSinkConnector connector = new DeltaSinkConnector();
    connector.start(this.props);
    task.initialize(new Context());
    task.start(connector.taskConfigs(1).get(0));
    task.open(List.of(PARTITION));
  }

  /** Delivers schemaless values, and returns when a batch has them. */
  void land(List<Map<String, Object>> values) {
    task.put(
        values.stream()
            .map(value -> new SinkRecord(TOPIC, 0, null, null, null, value, offset++))
            .toList());
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              task.put(List.of());
              task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(offset)));
              return Files.exists(Path.of(props.get("checkpoint.location"), "commits", "0"));
            });
  }

  /** Delivers nothing, as Connect does now and then. */
  void tick() {
    task.put(List.of());
  }

  @Override
  public void close() {
    task.close(List.of(PARTITION));
    task.stop();
  }

  /** Only seeks: nobody polls, and nothing is rejected. */
  private final class Context implements SinkTaskContext {
    @Override
    public Map<String, String> configs() {
      return Map.of();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
      offsets.forEach(this::offset);
    }

    @Override
    public void offset(TopicPartition partition, long next) {
      offset = next;
    }

    @Override
    public void timeout(long timeoutMs) {}

    @Override
    public Set<TopicPartition> assignment() {
      return Set.of(PARTITION);
    }

    @Override
    public void pause(TopicPartition... partitions) {}

    @Override
    public void resume(TopicPartition... partitions) {}

    @Override
    public void requestCommit() {}

    @Override
    public ErrantRecordReporter errantRecordReporter() {
      return null;
    }

    @Override
    public PluginMetrics pluginMetrics() {
      return metrics;
    }
  }
}
