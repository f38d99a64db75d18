package io.tidemark.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the workers of one Connect cluster have in common.
 *
 * @param bootstrapServers of the broker
 * @param groupId names the Connect cluster, and its three topics
 * @param pluginPath directory whose children are plugins
 * @param overrides worker properties that override those for a small cluster
 * @param environment added to the environment of each worker
 */
public record WorkerConfig(
    String bootstrapServers,
    String groupId,
    Path pluginPath,
    Map<String, String> overrides,
    Map<String, String> environment) {

  public WorkerConfig {
    pluginPath = pluginPath.toAbsolutePath();
    overrides = Map.copyOf(overrides);
    environment = Map.copyOf(environment);
  }

  public WorkerConfig(String bootstrapServers, String groupId, Path pluginPath) {
    this(bootstrapServers, groupId, pluginPath, Map.of(), Map.of());
  }

  Map<String, String> properties(int port) {
    Map<String, String> all = new TreeMap<>();
    all.put("bootstrap.servers", bootstrapServers);
    all.put("group.id", groupId);
    all.put("listeners", "http://127.0.0.1:" + port);
    all.put("plugin.path", pluginPath.toString());
    // Reads META-INF/services only, as we want every plugin of ours to be found.
    all.put("plugin.discovery", "service_load");
    all.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    all.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    all.put("value.converter.schemas.enable", "false");
    for (String topic : new String[] {"config", "offset", "status"}) {
      all.put(topic + ".storage.topic", groupId + "-" + topic + "s");
      all.put(topic + ".storage.replication.factor", "1");
    }
    all.put("offset.storage.partitions", "2");
    all.put("status.storage.partitions", "1");
    all.put("offset.flush.interval.ms", "1000");
    // Without it the tasks of a dead worker wait 5 minutes for a new one.
    all.put("scheduled.rebalance.max.delay.ms", "0");
    all.put("session.timeout.ms", "6000");
    all.put("heartbeat.interval.ms", "1500");
    all.putAll(overrides);
    return all;
  }
}
