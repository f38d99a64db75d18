package io.tidemark.metrics;

import java.lang.reflect.Proxy;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** A task that publishes a metric, in a class loader of its own. */
public final class OlderTask implements AutoCloseable {

  private final TaskMetrics metrics;

  public OlderTask() {
    SinkTaskContext context =
        (SinkTaskContext)
            Proxy.newProxyInstance(
                SinkTaskContext.class.getClassLoader(),
                new Class<?>[] {SinkTaskContext.class},
                (proxy, method, arguments) -> {
                  throw new NoSuchMethodError(method.getName());
                });
    metrics = new TaskMetrics(MetricTarget.of(context, "older", 0)).add(Metric.SINK_ROWS, () -> 11);
    metrics.publish(0);
  }

  @Override
  public void close() {
    metrics.close();
  }
}
