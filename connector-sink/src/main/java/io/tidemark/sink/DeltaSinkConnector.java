package io.tidemark.sink;

import io.tidemark.connector.Version;
import io.tidemark.sink.config.DeltaSinkConfig;
import io.tidemark.storage.HadoopFileSystems;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lands Kafka topics in Delta tables, exactly once, one table version per batch. */
public final class DeltaSinkConnector extends SinkConnector {

  private static final Logger LOG = LoggerFactory.getLogger(DeltaSinkConnector.class);

  private DeltaSinkConfig config;
  private String queryId;

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public ConfigDef config() {
    return DeltaSinkConfig.definition();
  }

  @Override
  public Config validate(Map<String, String> props) {
    return LocationClaim.validate(props, DeltaSinkConfig.validate(props));
  }

  @Override
  public void start(Map<String, String> props) {
    config = new DeltaSinkConfig(props);
    List<String> unknown = config.unknownKeys();
    if (!unknown.isEmpty()) {
      LOG.warn(
          "Neither this connector nor Connect has these configuration keys, which have no effect: {}",
          unknown);
    }
    try (HadoopFileSystems fileSystems = SinkParts.fileSystems(config)) {
      LocationClaim claim = new LocationClaim(config, SinkParts.checkpoint(config, fileSystems));
      claim.prove(fileSystems);
      queryId = claim.claim();
    }
  }

  @Override
  public Class<? extends Task> taskClass() {
    return DeltaSinkTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return IntStream.range(0, maxTasks)
        .mapToObj(number -> config.taskProps(number, maxTasks, queryId))
        .toList();
  }

  /**
   * Sets the offsets where they count, in the checkpoint location, by a batch of its own. The
   * group's offsets, which Connect changes next, only follow them.
   */
  @Override
  public boolean alterOffsets(
      Map<String, String> connectorConfig, Map<TopicPartition, Long> offsets) {
    new OffsetAlteration(new DeltaSinkConfig(connectorConfig)).carryOut(offsets);
    return true;
  }

  @Override
  public void stop() {}
}
