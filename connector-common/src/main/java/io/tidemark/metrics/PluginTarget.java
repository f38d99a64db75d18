package io.tidemark.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's own registry (KIP-877, Connect 4.1), which adds connector and task as tags. Nothing
 * but this class names {@code PluginMetrics}: older workers do not have it, and load all others.
 */
final class PluginTarget extends MetricTarget {

  private static final Logger LOG = LoggerFactory.getLogger(PluginTarget.class);

  private final PluginMetrics metrics;
  private final List<MetricName> added = new ArrayList<>();

  private PluginTarget(PluginMetrics metrics) {
    this.metrics = metrics;
  }

  /** Whether this worker's libraries have such registries. */
  static boolean isOffered() {
    // Loads it, and fails with a LinkageError where it is missing.
    return PluginMetrics.class.isInterface();
  }

  /** Empty when the context has no registry. */
  static Optional<MetricTarget> of(SinkTaskContext context) {
    return Optional.ofNullable(context.pluginMetrics()).map(PluginTarget::new);
  }

  /** Empty when the context has no registry. */
  static Optional<MetricTarget> of(SourceTaskContext context) {
    return Optional.ofNullable(context.pluginMetrics()).map(PluginTarget::new);
  }

  @Override
  void publish(List<TaskMetrics.Published> all) {
    for (TaskMetrics.Published one : all) {
      LinkedHashMap<String, String> tags = new LinkedHashMap<>();
      if (!one.tag().isEmpty()) {
        tags.put(one.metric().tag().key(), one.tag());
      }
      MetricName name = metrics.metricName(one.metric().id(), one.metric().meaning(), tags);
      Supplier<Object> value = one.value();
      metrics.addMetric(name, (Gauge<Object>) (config, nowMs) -> value.get());
      added.add(name);
    }
  }

  @Override
  void close() {
    for (MetricName name : added) {
      try {
        metrics.removeMetric(name);
      } catch (RuntimeException e) {
        // The worker has removed all metrics of the task already.
        LOG.debug("Cannot remove the metric {}", name, e);
      }
    }
    added.clear();
  }
}
