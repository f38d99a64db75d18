package io.tidemark.source;

import io.tidemark.connector.Version;
import io.tidemark.source.config.DeltaSourceConfig;
import io.tidemark.source.record.RowRecord;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** The task class that Connect runs; every callback is one delegation. */
public final class DeltaSourceTask extends SourceTask {

  private volatile TaskRuntime runtime;
  private volatile TableAccess access;

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public void start(Map<String, String> props) {
    DeltaSourceConfig config = new DeltaSourceConfig(props);
    access = new TableAccess(config);
    runtime = TaskRuntime.start(config, access.tables(), context);
  }

  @Override
  public List<SourceRecord> poll() throws InterruptedException {
    return runtime.poll();
  }

  @Override
  public void commitRecord(SourceRecord record, RecordMetadata metadata) {
    if (record instanceof RowRecord row) {
      row.committed();
    }
  }

  @Override
  public void stop() {
    if (runtime != null) {
      runtime.stop();
    }
    if (access != null) {
      access.close();
    }
  }
}
