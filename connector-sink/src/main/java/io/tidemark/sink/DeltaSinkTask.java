package io.tidemark.sink;

import io.tidemark.connector.Version;
import io.tidemark.sink.config.DeltaSinkConfig;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** The task class that Connect runs; every callback is one delegation. */
public final class DeltaSinkTask extends SinkTask {

  private TaskRuntime runtime;

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public void start(Map<String, String> props) {
    runtime = TaskRuntime.start(new DeltaSinkConfig(props), context);
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    runtime.open(partitions);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    runtime.put(records);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> positions) {
    return runtime.preCommit(positions);
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    runtime.close(partitions);
  }

  @Override
  public void stop() {
    if (runtime != null) {
      runtime.stop();
    }
  }
}
