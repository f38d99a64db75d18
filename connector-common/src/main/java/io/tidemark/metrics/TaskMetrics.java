package io.tidemark.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of one task. First each is added with what supplies its value, then all are
 * published, on the task's thread. The task also runs without them: failures here are only logged.
 */
public final class TaskMetrics implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TaskMetrics.class);

  /** A zombie of the same task may have the names for a while. */
  private static final long PAUSE_MS = 5_000;

  /** What a gauge is while it is unknown: no number, which nothing takes for zero. */
  public static final double UNKNOWN = Double.NaN;

  private final MetricTarget target;
  private final List<Published> metrics = new ArrayList<>();
  private boolean published;
  private boolean warned;
  private long retryMs = Long.MIN_VALUE;

  /**
   * A value of a metric.
   *
   * @param tag value of the metric's tag; empty if it has none
   * @param value called on any thread; gives a Double or a String
   */
  record Published(Metric metric, String tag, Supplier<Object> value) {}

  /**
   * @param target where they go
   */
  public TaskMetrics(MetricTarget target) {
    this.target = target;
  }

  /** Adds a metric of which the task has one value, which may be asked for on any thread. */
  public TaskMetrics add(Metric metric, DoubleSupplier value) {
    return add(metric, "", value);
  }

  /** Adds a counter. */
  public TaskMetrics add(Metric metric, LongAdder value) {
    return add(metric, "", value::sum);
  }

  /**
   * Adds a value of a metric.
   *
   * @param tag value of the metric's tag
   */
  public TaskMetrics add(Metric metric, String tag, DoubleSupplier value) {
    if (tag.isEmpty() != (metric.tag() == Metric.Tag.NONE)) {
      throw new IllegalArgumentException(metric + " with tag '" + tag + "'");
    }
    metrics.add(new Published(metric, tag, value::getAsDouble));
    return this;
  }

  /** Adds a text. */
  public TaskMetrics text(Metric metric, Supplier<String> value) {
    metrics.add(new Published(metric, "", value::get));
    return this;
  }

  /**
   * Publishes all metrics, unless that is done. Call it now and then: the names are free only when
   * a zombie of the task has ended.
   */
  public void publish(long nowMs) {
    if (published || nowMs < retryMs) {
      return;
    }
    retryMs = nowMs + PAUSE_MS;
    try {
      target.publish(metrics);
      published = true;
    } catch (RuntimeException | LinkageError e) {
      target.close();
      if (!warned) {
        warned = true;
        LOG.warn("Cannot publish the metrics of this task yet. Trying again: {}", e.toString());
      }
    }
  }

  /** Removes the metrics. */
  @Override
  public void close() {
    published = true;
    target.close();
  }
}
