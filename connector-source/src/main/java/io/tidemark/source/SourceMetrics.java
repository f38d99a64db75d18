package io.tidemark.source;

import io.tidemark.connector.TaskBean;
import io.tidemark.source.read.Lag;
import io.tidemark.source.read.ReadCounts;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** The metrics of a source task as of its last poll. */
final class SourceMetrics implements SourceMetricsMXBean {

  private final ReadCounts counts;
  private final LongAdder rows = new LongAdder();
  private volatile Map<String, Lag> lags = Map.of();
  private volatile int tablesMissing;
  private TaskBean bean;

  private SourceMetrics(ReadCounts counts) {
    this.counts = counts;
  }

  /** Registers the metrics of a task; the task also runs without them. */
  static SourceMetrics register(String connector, int task, ReadCounts counts) {
    SourceMetrics metrics = new SourceMetrics(counts);
    metrics.bean = TaskBean.register("delta-source", connector, task, metrics);
    return metrics;
  }

  void polled(int records, Map<String, Lag> behind, int missing) {
    rows.add(records);
    lags = behind;
    tablesMissing = missing;
  }

  /** Removes the metrics from JMX. */
  void close() {
    bean.close();
  }

  private Lag lag() {
    return lags.values().stream().reduce(Lag.NONE, Lag::plus);
  }

  @Override
  public long getLagVersions() {
    return lag().versions();
  }

  @Override
  public long getLagFiles() {
    return lag().files();
  }

  @Override
  public long getLagBytes() {
    return lag().bytes();
  }

  @Override
  public long getLagMs() {
    return lag().ms();
  }

  @Override
  public Map<String, Long> getLagVersionsByTable() {
    Map<String, Long> versions = new TreeMap<>();
    lags.forEach((table, lag) -> versions.put(table, lag.versions()));
    return versions;
  }

  @Override
  public int getTableMissing() {
    return tablesMissing;
  }

  @Override
  public long getRowsTotal() {
    return rows.sum();
  }

  @Override
  public long getFilesTotal() {
    return counts.files();
  }

  @Override
  public long getBytesTotal() {
    return counts.bytes();
  }

  @Override
  public long getDataLossesTotal() {
    return counts.losses();
  }
}
