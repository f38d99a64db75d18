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

  /** Decides where tables are read from that have not been read before, for all tasks alike. */
  @Override
  public void start(Map<String, String> props) {
    config = new DeltaSourceConfig(props);
    List<String> unknown = config.unknownKeys();
    if (!unknown.isEmpty()) {
      LOG.warn(
          "Without effect, since neither this connector nor Connect has such keys: {}", unknown);
    }
    starts = new Starts(config, TableAccess.of(config)).resolve();
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
          "Several tasks of {} read the changes of one table: those of a key may come in another"
              + " order than they were made, when they are in different files. Set tasks.max={} to"
              + " keep it.",
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

  /** Checks offsets that somebody wants to set; Connect keeps them. */
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
