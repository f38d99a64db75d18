package io.tidemark.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** A process that reads a table as the first task of a connector does, and prints how many rows. */
final class ReadEverything {

  private ReadEverything() {}

  /** Takes the location, how many rows the task finds there, and the number of tasks. */
  public static void main(String[] arguments) throws InterruptedException {
    Map<String, String> props = new HashMap<>();
    props.put("name", "reader");
    props.put("table.path", arguments[0]);
    DeltaSourceConnector connector = new DeltaSourceConnector();
    connector.start(props);
    DeltaSourceTask task = new DeltaSourceTask();
    task.initialize(new Beginning(props));
    task.start(connector.taskConfigs(Integer.parseInt(arguments[2])).get(0));
    long rows = 0;
    List<SourceRecord> batch = new ArrayList<>();
    while (rows < Long.parseLong(arguments[1]) || batch != null) {
      batch = task.poll();
      for (SourceRecord record : batch == null ? List.<SourceRecord>of() : batch) {
        task.commitRecord(record, null);
        rows++;
      }
    }
    task.stop();
    System.out.println("rows " + rows);
  }

  /** A worker that knows no offsets and has no transactions. */
  private record Beginning(Map<String, String> configs) implements SourceTaskContext {

    @Override
    public OffsetStorageReader offsetStorageReader() {
      return new OffsetStorageReader() {
        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
          return null;
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(
            Collection<Map<String, T>> partitions) {
          return new HashMap<>();
        }
      };
    }

    @Override
    public TransactionContext transactionContext() {
      return null;
    }

    @Override
    public PluginMetrics pluginMetrics() {
      return null;
    }
  }
}
