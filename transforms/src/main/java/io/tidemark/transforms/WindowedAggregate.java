package io.tidemark.transforms;

import io.tidemark.connector.Version;
import io.tidemark.windows.OperatorScope;
import io.tidemark.windows.config.UpdateSpec;
import io.tidemark.windows.config.WindowedAggregateConfig;
import io.tidemark.windows.update.UpdateErrors;
import io.tidemark.windows.update.UpdateOperator;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Windowed aggregates over event time. In the chain of a Delta sink it only passes records to the
 * operator of the sink's task. With {@code output.mode=update} it has its own state and works in
 * front of any sink.
 */
public final class WindowedAggregate<R extends ConnectRecord<R>>
    implements Transformation<R>, Versioned {

  private Map<String, String> configuration = Map.of();
  private boolean forwardInput;
  private Optional<UpdateOperator> updates = Optional.empty();

  /** Connect needs a version to support {@code plugin.version} for the transformation. */
  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public ConfigDef config() {
    return WindowedAggregateConfig.definition();
  }

  @Override
  public void configure(Map<String, ?> props) {
    WindowedAggregateConfig config = new WindowedAggregateConfig(props);
    forwardInput = config.getBoolean(WindowedAggregateConfig.FORWARD_INPUT);
    configuration = WindowedAggregateConfig.essence(props);
    Optional<UpdateSpec> update = config.update();
    if (update.isPresent()) {
      config.requireKnownKeys();
      updates =
          Optional.of(UpdateOperator.ofWorker(config.aggregation(update.get().id()), update.get()));
    }
  }

  @Override
  public R apply(R record) {
    if (!(record instanceof SinkRecord sinkRecord)) {
      throw UpdateErrors.noSink(record.topic());
    }
    if (updates.isPresent()) {
      return updates
          .get()
          .add(sinkRecord)
          .map(
              row ->
                  record.newRecord(
                      row.topic(),
                      record.kafkaPartition(),
                      row.keySchema(),
                      row.key(),
                      row.valueSchema(),
                      row.value(),
                      record.timestamp(),
                      new ConnectHeaders()))
          .orElse(null);
    }
    OperatorScope scope = OperatorScope.current();
    if (scope == null || !scope.absorb(configuration, sinkRecord)) {
      throw UpdateErrors.noOperator();
    }
    return forwardInput ? record : null;
  }

  @Override
  public void close() {
    updates.ifPresent(UpdateOperator::close);
  }
}
