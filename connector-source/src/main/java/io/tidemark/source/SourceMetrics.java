package io.tidemark.source;

import io.tidemark.metrics.Metric;
import io.tidemark.metrics.MetricTarget;
import io.tidemark.metrics.TaskMetrics;
import io.tidemark.source.read.Lag;
import io.tidemark.source.read.ReadCounts;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** The metrics of a source task as of its last poll. */
final class SourceMetrics implements AutoCloseable {

  private static final double MS = 1000;

  private final TaskMetrics metrics;
  private final LongAdder records = new LongAdder();
  private volatile Map<String, Lag> lags = Map.of();

  /** Null before the first poll. */
  private volatile Set<String> missing;

  /**
   * @param tables locations of the tables that the task reads
   * @param target where the metrics go
   * @param retries failures after which the task tried again
   */
  SourceMetrics(
      Collection<String> tables, MetricTarget target, ReadCounts counts, LongSupplier retries) {
    this.metrics =
        new TaskMetrics(target)
            .add(Metric.SOURCE_RECORDS, records)
            .add(Metric.SOURCE_FILES, counts::files)
            .add(Metric.SOURCE_BYTES, counts::bytes)
            .add(Metric.SOURCE_LOSSES, counts::losses)
            .add(Metric.SOURCE_RETRIES, retries::getAsLong);
    for (String table : tables) {
      metrics
          .add(Metric.SOURCE_LAG_VERSIONS, table, () -> lag(table, Lag::versions))
          .add(Metric.SOURCE_LAG_FILES, table, () -> lag(table, Lag::files))
          .add(Metric.SOURCE_LAG_BYTES, table, () -> lag(table, Lag::bytes))
          .add(Metric.SOURCE_LAG_SECONDS, table, () -> lag(table, Lag::ms) / MS)
          .add(Metric.SOURCE_TABLE_MISSING, table, () -> missing(table));
    }
  }

  /**
   * What a poll has brought.
   *
   * @param lags by table
   * @param absent locations of tables that do not exist
   */
  void polled(int returned, Map<String, Lag> lags, Set<String> absent, long nowMs) {
    records.add(returned);
    this.lags = lags;
    missing = absent;
    metrics.publish(nowMs);
  }

  /** Publishes the metrics. */
  void publish(long nowMs) {
    metrics.publish(nowMs);
  }

  /** Removes the metrics. */
  @Override
  public void close() {
    metrics.close();
  }

  private double lag(String table, ToLongFunction<Lag> figure) {
    Lag lag = lags.getOrDefault(table, Lag.UNKNOWN);
    return lag.equals(Lag.UNKNOWN) ? TaskMetrics.UNKNOWN : figure.applyAsLong(lag);
  }

  private double missing(String table) {
    Set<String> absent = missing;
    return absent == null ? TaskMetrics.UNKNOWN : absent.contains(table) ? 1 : 0;
  }
}
