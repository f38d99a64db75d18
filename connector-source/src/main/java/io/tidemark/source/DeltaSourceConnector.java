package io.tidemark.source;

import io.tidemark.connector.Version;
import io.tidemark.source.config.DeltaSourceConfig;
import io.tidemark.source.offset.OffsetAlteration;
import io.tidemark.source.offset.Position;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams Delta tables into Kafka topics, exactly once, one transaction per table version. */
public final class DeltaSourceConnector extends SourceConnector {

  private static final Logger LOG = LoggerFactory.getLogger(DeltaSourceConnector.class);

  private DeltaSourceConfig config;
  private List<Position> starts;

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public ConfigDef config() {
    return DeltaSourceConfig.definition();
  }

  @Override
  public Config validate(Map<String, String> props) {
    return Places.validate(props, DeltaSourceConfig.validate(props));
  }

  /** Decides for all tasks where to start reading tables that have not been read before. */
  @Override
  public void start(Map<String, String> props) {
    config = new DeltaSourceConfig(props);
    List<String> unknown = config.unknownKeys();
    if (!unknown.isEmpty()) {
      LOG.warn(
          "These configuration keys have no effect, because neither this connector nor Connect knows them: {}",
          unknown);
    }
    try (TableAccess access = new TableAccess(config)) {
      starts = new Starts(config, access.tables()).resolve();
    }
  }

  @Override
  public Class<? extends Task> taskClass() {
    return DeltaSourceTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    int tasks = config.assignment(maxTasks).size();
    if (tasks > config.tables().size() && config.readOptions().changeFeed()) {
      LOG.warn(
          "Several tasks of {} read the changes of one table. Changes of one key that are in"
              + " different files may be sent in another order than they were made. To keep the"
              + " order, set tasks.max={}.",
          config.connectorName(),
          config.tables().size());
    }
    return IntStream.range(0, tasks)
        .mapToObj(number -> config.taskProps(number, maxTasks, starts))
        .toList();
  }

  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  @Override
  public ConnectorTransactionBoundaries canDefineTransactionBoundaries(
      Map<String, String> connectorConfig) {
    return ConnectorTransactionBoundaries.SUPPORTED;
  }

  /** Checks offsets that an operator wants to set; Connect stores them. */
  @Override
  public boolean alterOffsets(
      Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
    DeltaSourceConfig altered = new DeltaSourceConfig(connectorConfig);
    new OffsetAlteration(Set.copyOf(altered.tables()), altered.shards().count()).check(offsets);
    return true;
  }

  @Override
  public void stop() {}
}
