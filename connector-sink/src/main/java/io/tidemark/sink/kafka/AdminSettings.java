package io.tidemark.sink.kafka;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * How the connector's own client reaches the Kafka that its consumer reads: as the worker does,
 * unless the worker's {@code consumer.}, the connector's {@code consumer.override.} or {@code
 * kafka.} keys say otherwise, the later ones winning. Values may be credentials.
 *
 * @param worker what the worker was configured with, empty when its runtime does not show it
 * @param connector what the connector was configured with
 * @param kafka the connector's {@code kafka.} keys, without that prefix
 */
public record AdminSettings(
    Optional<Map<String, Object>> worker,
    Map<String, String> connector,
    Map<String, String> kafka) {

  private static final String WORKER_PREFIX = "consumer.";
  private static final String CONNECTOR_PREFIX = "consumer.override.";

  /** Well below Connect's patience with a task. */
  private static final String TIMEOUT_MS = "10000";

  private static final Set<String> KNOWN = AdminClientConfig.configNames();

  /** Not the worker's: what it reports about itself is nothing of this client. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          AdminClientConfig.CLIENT_ID_CONFIG,
          AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG,
          AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
          AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);

  /** Whether it is known where Kafka is. */
  public boolean isComplete() {
    return client("").containsKey(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
  }

  /** The settings of the client. */
  public Map<String, Object> client(String clientId) {
    Map<String, Object> client = new HashMap<>();
    worker.ifPresent(
        all -> {
          put(client, "", all);
          put(client, WORKER_PREFIX, all);
        });
    put(client, CONNECTOR_PREFIX, connector);
    client.keySet().removeAll(LEFT_OUT);
    client.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
    client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    client.putAll(kafka);
    return client;
  }

  private static void put(Map<String, Object> client, String prefix, Map<String, ?> all) {
    all.forEach(
        (key, value) -> {
          String bare = key.startsWith(prefix) ? key.substring(prefix.length()) : "";
          if (value != null && KNOWN.contains(bare)) {
            client.put(bare, value);
          }
        });
  }

  /** The consumer group of the connector. */
  public String group(String connectorName) {
    return consumer(ConsumerConfig.GROUP_ID_CONFIG).orElse("connect-" + connectorName);
  }

  /** Where the consumer goes when its offset is not in the log; empty when that is not known. */
  public Optional<String> resetPolicy() {
    return consumer(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG)
        .or(() -> worker.map(known -> "earliest"));
  }

  /** What counts as a record for the consumer; empty where Kafka's default does. */
  public Optional<String> isolation() {
    return consumer(ConsumerConfig.ISOLATION_LEVEL_CONFIG);
  }

  private Optional<String> consumer(String key) {
    String override = connector.get(CONNECTOR_PREFIX + key);
    return override != null
        ? Optional.of(override)
        : worker.map(all -> all.get(WORKER_PREFIX + key)).map(Object::toString);
  }

  /**
   * What the worker was configured with. Connect has no call for it, so this looks inside its
   * runtime; another runtime gives nothing.
   */
  public static Optional<Map<String, Object>> ofWorker(SinkTaskContext context) {
    try {
      Object task = field(context, "sinkTask");
      Object config = task == null ? null : field(task, "workerConfig");
      return config instanceof AbstractConfig known
          ? Optional.of(known.originals())
          : Optional.empty();
    } catch (ReflectiveOperationException | RuntimeException unknownRuntime) {
      return Optional.empty();
    }
  }

  private static Object field(Object of, String name) throws ReflectiveOperationException {
    for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field.get(of);
        }
      }
    }
    return null;
  }

  /** Without values. */
  @Override
  public String toString() {
    return "AdminSettings of "
        + (worker.isPresent() ? "worker, " : "")
        + "connector and kafka keys";
  }
}
