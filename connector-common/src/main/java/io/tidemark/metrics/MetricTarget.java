package io.tidemark.metrics;

import java.util.List;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.apache.kafka.connect.source.SourceTaskContext;

/**
 * Where the metrics of a task go: to the worker, which gives them to its {@code metric.reporters},
 * or on workers before 4.1 to JMX, under the same names.
 */
public abstract sealed class MetricTarget permits PluginTarget, BeanTarget {

  /** The target of a sink task. */
  public static MetricTarget of(SinkTaskContext context, String connector, int task) {
    try {
      if (PluginTarget.isOffered()) {
        return PluginTarget.of(context).orElseGet(() -> new BeanTarget(connector, task));
      }
    } catch (LinkageError older) {
      // The worker has no such method.
    }
    return new BeanTarget(connector, task);
  }

  /** The target of a source task. */
  public static MetricTarget of(SourceTaskContext context, String connector, int task) {
    try {
      if (PluginTarget.isOffered()) {
        return PluginTarget.of(context).orElseGet(() -> new BeanTarget(connector, task));
      }
    } catch (LinkageError older) {
      // As above.
    }
    return new BeanTarget(connector, task);
  }

  /**
   * Publishes metrics. If it throws, some may be published, which {@link #close} removes.
   *
   * @throws RuntimeException when a name is taken
   */
  abstract void publish(List<TaskMetrics.Published> metrics);

  /** Removes what was published; never throws. */
  abstract void close();
}
