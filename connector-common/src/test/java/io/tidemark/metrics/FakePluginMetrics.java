package io.tidemark.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;

/** A worker's registry for one task: like Kafka's own, it refuses names that are taken. */
public final class FakePluginMetrics implements PluginMetrics {

  private final Map<MetricName, MetricValueProvider<?>> metrics;

  /** The registry of a task. */
  public FakePluginMetrics() {
    this(new LinkedHashMap<>());
  }

  private FakePluginMetrics(Map<MetricName, MetricValueProvider<?>> metrics) {
    this.metrics = metrics;
  }

  /** Another incarnation of the same task, on the same worker. */
  public FakePluginMetrics again() {
    return new FakePluginMetrics(metrics);
  }

  @SuppressWarnings("NonApiType") // Kafka's own signature
  @Override
  public MetricName metricName(
      String name, String description, LinkedHashMap<String, String> tags) {
    LinkedHashMap<String, String> all = new LinkedHashMap<>(Map.of("connector", "orders"));
    all.put("task", "0");
    all.putAll(tags);
    return new MetricName(name, "plugins", description, all);
  }

  @Override
  public void addMetric(MetricName name, MetricValueProvider<?> value) {
    if (metrics.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException(name + " exists");
    }
  }

  @Override
  public void removeMetric(MetricName name) {
    metrics.remove(name);
  }

  @Override
  public Sensor addSensor(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeSensor(String name) {
    throw new UnsupportedOperationException();
  }

  /** The names of all metrics. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    metrics.keySet().forEach(name -> names.add(name.name()));
    return names;
  }

  /** The value of a metric without tag. */
  public Object value(Metric metric) {
    return value(metric, "");
  }

  /** The value of a metric with a tag. */
  public Object value(Metric metric, String tag) {
    for (Map.Entry<MetricName, MetricValueProvider<?>> entry : metrics.entrySet()) {
      if (entry.getKey().name().equals(metric.id())
          && entry.getKey().tags().getOrDefault(metric.tag().key(), "").equals(tag)) {
        return ((Gauge<?>) entry.getValue()).value(new MetricConfig(), 0);
      }
    }
    throw new IllegalArgumentException("no " + metric + " of '" + tag + "' in " + names());
  }
}
