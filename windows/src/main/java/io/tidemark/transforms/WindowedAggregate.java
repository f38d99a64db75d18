package io.tidemark.transforms;

import io.tidemark.windows.OperatorScope;
import io.tidemark.windows.config.WindowedAggregateConfig;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Windowed aggregates over event time. In the chain of a Delta sink this only hands records to the
 * operator of the sink's task: Connect tolerates any exception of a transformation, so that nothing
 * that may fail belongs here.
 */
public final class WindowedAggregate<R extends ConnectRecord<R>> implements Transformation<R> {

  private Map<String, String> configuration = Map.of();
  private boolean forwardInput;

  @Override
  public ConfigDef config() {
    return WindowedAggregateConfig.definition();
  }

  @Override
  public void configure(Map<String, ?> props) {
    WindowedAggregateConfig config = new WindowedAggregateConfig(props);
    forwardInput = config.getBoolean(WindowedAggregateConfig.FORWARD_INPUT);
    configuration = WindowedAggregateConfig.essence(props);
  }

  @Override
  public R apply(R record) {
    OperatorScope scope = OperatorScope.current();
    if (!(record instanceof SinkRecord sinkRecord)
        || scope == null
        || !scope.absorb(configuration, sinkRecord)) {
      throw new ConnectException(
          "WindowedAggregate works in the chain of io.tidemark.sink."
              + "DeltaSinkConnector alone: its rows and its state are committed together.");
    }
    return forwardInput ? record : null;
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
