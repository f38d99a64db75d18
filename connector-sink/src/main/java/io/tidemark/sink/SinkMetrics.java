package io.tidemark.sink;

import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.connector.TaskBean;
import io.tidemark.sink.driver.Progress;
import io.tidemark.sink.kafka.TopicFigures;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures of the last batch that this task's driver carried out, under JMX. */
final class SinkMetrics implements SinkMetricsMXBean {

  /** One line of JSON per batch, for those who collect logs. */
  private static final Logger PROGRESS = LoggerFactory.getLogger("io.tidemark.progress");

  private final String connector;
  private final String queryId;
  private TaskBean bean;
  private volatile Progress last;
  private volatile String json = "";
  private final LongAdder lateRecords = new LongAdder();
  private final LongAdder auditFindings;

  private final TopicFigures topics;

  private SinkMetrics(
      String connector, String queryId, LongAdder auditFindings, TopicFigures topics) {
    this.connector = connector;
    this.queryId = queryId;
    this.auditFindings = auditFindings;
    this.topics = topics;
  }

  /**
   * Registers the figures of a task; the task runs without them, too.
   *
   * @param auditFindings counts what the audit of offsets finds
   * @param topics what the task knows of the bounds of its logs
   */
  static SinkMetrics register(
      String connector, int task, String queryId, LongAdder auditFindings, TopicFigures topics) {
    SinkMetrics metrics = new SinkMetrics(connector, queryId, auditFindings, topics);
    metrics.bean = TaskBean.register("delta-sink", connector, task, metrics);
    return metrics;
  }

  void progressed(Progress progress) {
    last = progress;
    progress
        .batch()
        .operators()
        .values()
        .forEach(state -> lateRecords.add(state.counts().lateRows()));
    json = progress.json(connector, queryId);
    PROGRESS.debug("{}", json);
  }

  /** Takes the figures out of JMX. */
  void close() {
    bean.close();
  }

  @Override
  public String getLastProgress() {
    return json;
  }

  @Override
  public long getBatchId() {
    return last == null ? -1 : last.batch().number();
  }

  @Override
  public long getNumInputRows() {
    return last == null ? 0 : last.inputRows();
  }

  @Override
  public long getNumOutputRows() {
    return last == null ? 0 : last.outputRows();
  }

  @Override
  public long getPlanMs() {
    return last == null ? 0 : last.planMs();
  }

  @Override
  public long getCommitMs() {
    return last == null ? 0 : last.commitMs();
  }

  @Override
  public long getWatermarkMs() {
    return last == null ? 0 : last.batch().watermarkMs();
  }

  @Override
  public long getLateRecordsTotal() {
    return lateRecords.sum();
  }

  @Override
  public long getOffsetAuditFindings() {
    return auditFindings.sum();
  }

  @Override
  public Map<String, Long> getNumRowsTotal() {
    return byOperator(OperatorState::partials);
  }

  @Override
  public Map<String, Long> getNumRowsUpdated() {
    return byOperator(state -> state.counts().partials());
  }

  @Override
  public Map<String, Long> getNumRowsDroppedByWatermark() {
    return byOperator(state -> state.counts().lateRows());
  }

  @Override
  public Map<String, Long> getMemoryUsedBytes() {
    return byOperator(OperatorState::bytes);
  }

  @Override
  public long getLostRecords() {
    return topics.lost();
  }

  @Override
  public long getRetentionHeadroomMs() {
    return topics.headroomMs();
  }

  private Map<String, Long> byOperator(ToLongFunction<OperatorState> figure) {
    Map<String, Long> figures = new TreeMap<>();
    Progress progress = last;
    if (progress != null) {
      progress
          .batch()
          .operators()
          .forEach((operator, state) -> figures.put(operator, figure.applyAsLong(state)));
    }
    return figures;
  }
}
