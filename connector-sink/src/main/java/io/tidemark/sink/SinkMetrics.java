package io.tidemark.sink;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.metrics.Metric;
import io.tidemark.metrics.MetricTarget;
import io.tidemark.metrics.TaskMetrics;
import io.tidemark.sink.driver.BatchListener;
import io.tidemark.sink.driver.Progress;
import io.tidemark.sink.kafka.TopicFigures;
import io.tidemark.sink.segment.Delivery;
import io.tidemark.sink.task.Standing;
import io.tidemark.windows.config.Aggregation;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.LongToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of a sink task: of the task itself, and of the batches that its driver has carried
 * out. What is known of the last committed batch comes from the checkpoint location, and is true
 * from the first step of the driver on.
 */
final class SinkMetrics implements BatchListener, AutoCloseable {

  /** One line of JSON per batch, for those who collect logs. */
  private static final Logger PROGRESS = LoggerFactory.getLogger("io.tidemark.progress");

  private static final double MS = 1000;
  private static final Standing NOWHERE = new Standing(0, 0, 0, Map.of(), 0, OptionalLong.empty());

  private final String connector;
  private final LongSupplier clock;
  private final TaskMetrics metrics;
  private final LongAdder records = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder passed = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder files = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder versions = new LongAdder();
  private final Map<String, LongAdder> late = new TreeMap<>();

  /** The last batch that is known to be committed. */
  private volatile Batch committed = Batch.NONE;

  /** The last one of this task's driver; null before. */
  private volatile Progress progress;

  private volatile String queryId = "";
  private volatile String json = "";
  private volatile Standing standing = NOWHERE;
  private volatile double runDone = TaskMetrics.UNKNOWN;
  private final List<Aggregation> operators;
  private volatile double lagRecords = TaskMetrics.UNKNOWN;

  /**
   * @param operators windowed aggregates, and what drops duplicates
   * @param target where the metrics go
   * @param clock epoch milliseconds
   */
  SinkMetrics(
      String connector, List<Aggregation> operators, MetricTarget target, LongSupplier clock) {
    this.connector = connector;
    this.clock = clock;
    this.metrics = new TaskMetrics(target);
    addTask();
    addDriver();
    this.operators = List.copyOf(operators);
    operators.forEach(operator -> addOperator(operator.name()));
  }

  private void addTask() {
    metrics
        .add(Metric.SINK_RECORDS, records)
        .add(Metric.SINK_RETRIES, retries)
        .add(Metric.SINK_LAG_RECORDS, () -> lagRecords)
        .add(Metric.SINK_LAG_SECONDS, this::lagSeconds)
        .add(Metric.SINK_WAITING_SEGMENTS, () -> standing.waiting())
        .add(Metric.SINK_BUFFER_BYTES, () -> standing.bufferedBytes())
        .add(Metric.SINK_OPEN_FILES, () -> standing.openFiles())
        .add(Metric.SINK_RUN_DONE, () -> runDone);
  }

  private void addDriver() {
    metrics
        .add(Metric.SINK_BATCHES, batches)
        .add(Metric.SINK_COMMITTED_RECORDS, passed)
        .add(Metric.SINK_ROWS, rows)
        .add(Metric.SINK_FILES, files)
        .add(Metric.SINK_BYTES, bytes)
        .add(Metric.SINK_VERSIONS, versions)
        .add(
            Metric.SINK_BATCH_NUMBER,
            () -> isKnown(committed) ? committed.number() : TaskMetrics.UNKNOWN)
        .add(
            Metric.SINK_LAST_COMMIT_AGE,
            () -> isKnown(committed) ? since(committed.timestampMs()) : TaskMetrics.UNKNOWN)
        .add(Metric.SINK_PLAN_SECONDS, () -> seconds(Progress::planMs))
        .add(Metric.SINK_COMMIT_SECONDS, () -> seconds(Progress::commitMs))
        .text(Metric.SINK_LAST_PROGRESS, () -> json);
  }

  private void addOperator(String name) {
    LongAdder lateRecords = new LongAdder();
    late.put(name, lateRecords);
    metrics
        .add(Metric.SINK_WATERMARK, name, () -> watermark(name, watermarkMs -> watermarkMs / MS))
        .add(Metric.SINK_WATERMARK_LAG, name, () -> watermark(name, this::since))
        .add(Metric.SINK_LATE_RECORDS, name, lateRecords::sum)
        .add(Metric.SINK_STATE_ROWS, name, () -> of(name, OperatorState::partials))
        .add(Metric.SINK_STATE_BYTES, name, () -> of(name, OperatorState::bytes));
  }

  /** Adds what others count, and publishes all. */
  void publish(
      LongSupplier rejected, LongSupplier dropped, LongAdder auditFindings, TopicFigures topics) {
    metrics
        .add(Metric.SINK_REJECTED_RECORDS, rejected::getAsLong)
        .add(Metric.SINK_DROPPED_RECORDS, dropped::getAsLong)
        .add(Metric.SINK_LOST_RECORDS, topics::lost)
        .add(Metric.SINK_AUDIT_FINDINGS, auditFindings)
        .add(
            Metric.SINK_RETENTION_HEADROOM,
            () ->
                topics.headroomMs() == TopicFigures.NO_RISK
                    ? TaskMetrics.UNKNOWN
                    : topics.headroomMs() / MS)
        .publish(clock.getAsLong());
  }

  /** Connect has handed records over. */
  void delivered(Delivery delivery) {
    records.add(delivery.records().size());
    for (int i = 0; i < operators.size(); i++) {
      if (!operators.get(i).forwardInput()) {
        records.add(delivery.absorbed().get(i).size());
      }
    }
  }

  /** Something failed and is tried again. */
  void retried() {
    retries.increment();
  }

  /**
   * Where the task stands after a {@code put}.
   *
   * @param lag of its partitions in records; empty while it is unknown
   */
  void stands(Standing now, OptionalLong lag) {
    standing = now;
    boolean isKnown =
        lag.isPresent() && now.partitions() > 0 && now.frontier().size() == now.partitions();
    lagRecords = isKnown ? lag.getAsLong() : TaskMetrics.UNKNOWN;
    metrics.publish(clock.getAsLong());
  }

  /** Whether all that was available is committed; not called when the task reads what comes. */
  void runs(boolean done) {
    runDone = done ? 1 : 0;
  }

  /** The query is known. */
  void identified(String id) {
    queryId = id;
  }

  @Override
  public void committed(Batch batch) {
    committed = batch;
  }

  @Override
  public void progressed(Progress done) {
    batches.increment();
    passed.add(done.inputRows());
    rows.add(done.output().rows());
    files.add(done.output().files());
    bytes.add(done.output().bytes());
    versions.add(done.output().versions());
    done.batch()
        .operators()
        .forEach(
            (name, state) -> {
              if (late.containsKey(name)) {
                late.get(name).add(state.counts().lateRows());
              }
            });
    json = done.json(connector, queryId);
    progress = done;
    PROGRESS.debug("{}", json);
  }

  /** Removes the metrics. */
  @Override
  public void close() {
    metrics.close();
  }

  private static boolean isKnown(Batch batch) {
    return batch.number() >= 0;
  }

  private double since(long ms) {
    return Math.max(0, clock.getAsLong() - ms) / MS;
  }

  /** Without anything uncommitted it is 0 only if there is nothing to read either. */
  private double lagSeconds() {
    OptionalLong oldestMs = standing.oldestMs();
    if (oldestMs.isPresent()) {
      return since(oldestMs.getAsLong());
    }
    return lagRecords == 0 ? 0 : TaskMetrics.UNKNOWN;
  }

  private double seconds(ToDoubleFunction<Progress> ms) {
    Progress last = progress;
    return last == null ? TaskMetrics.UNKNOWN : ms.applyAsDouble(last) / MS;
  }

  private double watermark(String operator, LongToDoubleFunction figure) {
    return of(
        operator,
        state ->
            state.watermarkMs().isPresent()
                ? figure.applyAsDouble(state.watermarkMs().getAsLong())
                : TaskMetrics.UNKNOWN);
  }

  private double of(String operator, ToDoubleFunction<OperatorState> figure) {
    OperatorState state = committed.operators().get(operator);
    return state == null ? TaskMetrics.UNKNOWN : figure.applyAsDouble(state);
  }
}
