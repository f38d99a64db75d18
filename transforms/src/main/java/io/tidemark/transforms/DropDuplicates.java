package io.tidemark.transforms;

import io.tidemark.connector.Version;
import io.tidemark.windows.OperatorScope;
import io.tidemark.windows.config.DropDuplicatesConfig;
import io.tidemark.windows.config.WindowedAggregateConfig;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Keeps the first record of each key, as Spark's {@code dropDuplicatesWithinWatermark} does. In the
 * chain of a Delta sink it only shows records to the operator of the sink's task, which drops the
 * others while it writes.
 */
public final class DropDuplicates<R extends ConnectRecord<R>>
    implements Transformation<R>, Versioned {

  private Map<String, String> configuration = Map.of();

  /** Connect needs a version to support {@code plugin.version} for the transformation. */
  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public ConfigDef config() {
    return DropDuplicatesConfig.definition();
  }

  @Override
  public void configure(Map<String, ?> props) {
    var unused = new DropDuplicatesConfig(props);
    configuration = WindowedAggregateConfig.essence(props);
  }

  @Override
  public R apply(R record) {
    OperatorScope scope = OperatorScope.current();
    if (!(record instanceof SinkRecord sinkRecord)
        || scope == null
        || !scope.absorb(configuration, sinkRecord)) {
      throw DuplicateErrors.noOperator(record.topic());
    }
    return record;
  }

  @Override
  public void close() {
    // Nothing to close.
  }
}
