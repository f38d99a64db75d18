package io.tidemark.sink;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.sink.config.DeltaSinkConfig;
import io.tidemark.sink.driver.BatchListener;
import io.tidemark.sink.driver.Driver;
import io.tidemark.sink.driver.DriverThread;
import io.tidemark.sink.driver.DriverTiming;
import io.tidemark.sink.driver.Progress;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.segment.Retries;
import io.tidemark.sink.task.TaskPort;
import io.tidemark.sink.task.TaskSession;
import io.tidemark.sink.window.Inbox;
import io.tidemark.windows.OperatorScope;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A started task: its session, the driver beside it, and the clock and threads that both lack. */
final class TaskRuntime implements TaskPort {

  private static final Logger LOG = LoggerFactory.getLogger(TaskRuntime.class);
  private static final long LONGEST_TICK_MS = 1_000;

  /** Connect gives a stopping task five seconds in all. */
  private static final long STOP_PATIENCE_MS = 2_000;

  /**
   * Goes with every offset. Connect skips a commit of what it believes to be committed, and after a
   * seek it believes that of the offset it sought: without this mark a group that lags behind the
   * frontier when a task resumes would do so until the next record.
   */
  private static final String COMMITTED = "tidemark";

  private final SinkTaskContext context;
  private final TaskSession session;
  private final DriverThread driver;
  private final Inbox inbox;

  /** Registered by the driver, which knows the query; null before. */
  private volatile SinkMetrics metrics;

  private final long tickMs;

  private TaskRuntime(DeltaSinkConfig config, SinkTaskContext context) {
    this.context = context;
    this.tickMs = Math.min(LONGEST_TICK_MS, Math.max(50, config.commitIntervalMs() / 4));
    SinkParts parts = new SinkParts(config);
    parts.takeOverFromSpark();
    Rejects rejects =
        new Rejects(Optional.ofNullable(context.errantRecordReporter()), config.toleratesErrors());
    this.inbox = new Inbox(config.aggregationProps());
    Queue<Batch> committed = new ConcurrentLinkedQueue<>();
    this.session =
        new TaskSession(
            config.taskNumber(),
            parts.checkpoint(),
            parts.writer(rejects),
            config.cutPolicy(),
            config.maxUncommittedBatches(),
            new Retries(config.taskMaxFailures(), TaskRuntime::pause),
            () -> SinkParts.randomHex().substring(8),
            committed,
            this);
    this.driver =
        DriverThread.start(
            "tidemark-driver-" + config.connectorName() + "-" + config.taskNumber(),
            () -> driver(config, parts, committed),
            config.taskMaxFailures());
    OperatorScope.bind(inbox);
  }

  /** Starts the driver's thread; the session starts with its first partitions. */
  static TaskRuntime start(DeltaSinkConfig config, SinkTaskContext context) {
    LOG.info("Starting task {} of {}", config.taskNumber(), config);
    return new TaskRuntime(config, context);
  }

  private Driver driver(DeltaSinkConfig config, SinkParts parts, Queue<Batch> committed)
      throws IOException {
    SinkMetrics figures =
        SinkMetrics.register(
            config.connectorName(),
            config.taskNumber(),
            parts.checkpoint().queryId(),
            parts.auditFindings());
    metrics = figures;
    return parts.driver(
        DriverTiming.of(config.commitIntervalMs()),
        new BatchListener() {
          @Override
          public void committed(Batch batch) {
            committed.add(batch);
          }

          @Override
          public void progressed(Progress progress) {
            figures.progressed(progress);
          }
        });
  }

  void open(Collection<TopicPartition> partitions) {
    session.open(partitions, System.currentTimeMillis());
  }

  void put(Collection<SinkRecord> records) {
    driver
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    session.put(inbox.take(records), System.currentTimeMillis());
    context.timeout(tickMs);
  }

  Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> positions) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    positions.forEach((partition, position) -> offsets.put(partition, position.offset()));
    Map<TopicPartition, OffsetAndMetadata> safe = new HashMap<>();
    session
        .preCommit(offsets, System.currentTimeMillis())
        .forEach(
            (partition, offset) -> safe.put(partition, new OffsetAndMetadata(offset, COMMITTED)));
    return safe;
  }

  void close(Collection<TopicPartition> partitions) {
    session.close(partitions, System.currentTimeMillis());
  }

  void stop() {
    OperatorScope.unbind();
    session.stop();
    driver.close(STOP_PATIENCE_MS);
    if (metrics != null) {
      metrics.close();
    }
  }

  @Override
  public void seek(Map<TopicPartition, Long> offsets) {
    context.offset(offsets);
  }

  @Override
  public void requestCommit() {
    context.requestCommit();
  }

  @Override
  public void pause(Collection<TopicPartition> partitions) {
    context.pause(partitions.toArray(TopicPartition[]::new));
  }

  @Override
  public void resume(Collection<TopicPartition> partitions) {
    context.resume(partitions.toArray(TopicPartition[]::new));
  }

  @Override
  public void sealed() {
    driver.wake();
  }

  static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("Interrupted while waiting to try again", e);
    }
  }
}
