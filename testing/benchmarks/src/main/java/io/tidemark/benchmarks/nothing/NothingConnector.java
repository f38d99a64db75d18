package io.tidemark.benchmarks.nothing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Drops every record. Each task counts in a file of its own, {@code count-N}. */
public final class NothingConnector extends SinkConnector {

  static final String DIRECTORY = "count.directory";
  static final String TASK = "count.task";

  private Map<String, String> config = Map.of();

  @Override
  public void start(Map<String, String> config) {
    this.config = Map.copyOf(config);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return NothingTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int tasks) {
    return IntStream.range(0, tasks).mapToObj(this::taskConfig).toList();
  }

  @Override
  public void stop() {
    // It holds nothing.
  }

  @Override
  public ConfigDef config() {
    return new ConfigDef()
        .define(
            DIRECTORY,
            ConfigDef.Type.STRING,
            ConfigDef.Importance.HIGH,
            "Directory of the files in which tasks count.");
  }

  @Override
  public String version() {
    return "1";
  }

  private Map<String, String> taskConfig(int number) {
    Map<String, String> task = new HashMap<>(config);
    task.put(TASK, Integer.toString(number));
    return task;
  }
}
