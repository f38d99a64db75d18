package io.tidemark.sink;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.storage.Storages;
import io.tidemark.connector.Version;
import io.tidemark.delta.table.DeltaTables;
import io.tidemark.delta.table.Tables;
import io.tidemark.sink.commit.BatchCommit;
import io.tidemark.sink.commit.Cleanup;
import io.tidemark.sink.config.DeltaSinkConfig;
import io.tidemark.sink.driver.BatchListener;
import io.tidemark.sink.driver.Driver;
import io.tidemark.sink.driver.DriverThread;
import io.tidemark.sink.driver.DriverTiming;
import io.tidemark.sink.driver.Progress;
import io.tidemark.sink.file.DataFileStore;
import io.tidemark.sink.file.ParquetRecordWriter;
import io.tidemark.sink.file.SessionTables;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.recovery.Takeover;
import io.tidemark.sink.segment.Retries;
import io.tidemark.sink.segment.SegmentWriter;
import io.tidemark.sink.task.TaskPort;
import io.tidemark.sink.task.TaskSession;
import io.tidemark.sink.window.Inbox;
import io.tidemark.sink.window.Sweep;
import io.tidemark.sink.window.TaskOperator;
import io.tidemark.sink.window.WindowCloser;
import io.tidemark.windows.OperatorScope;
import io.tidemark.windows.close.Operator;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.run.PlainRunStore;
import io.tidemark.windows.run.RocksRunStore;
import io.tidemark.windows.run.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A started task: its session, the driver beside it, and the clock and threads that both lack. */
final class TaskRuntime implements TaskPort {

  private static final Logger LOG = LoggerFactory.getLogger(TaskRuntime.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long LONGEST_TICK_MS = 1_000;

  /** Where runs are written before they are copied into the checkpoint location. */
  private static final Path SCRATCH =
      Path.of(System.getProperty("java.io.tmpdir"), "tidemark-" + randomHex());

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
    Map<String, String> hadoopProperties = reveal(config.hadoopProperties());
    CheckpointLocation checkpoint =
        new CheckpointLocation(Storages.open(config.checkpointLocation(), hadoopProperties));
    Tables tables = new DeltaTables(hadoopProperties, "Tidemark/" + Version.TEXT);
    DataFileStore files = new DataFileStore(hadoopProperties);
    Takeover takeover =
        new Takeover(
            checkpoint,
            tables,
            config.router().onlyLocation(),
            config.topics(),
            !config.aggregations().isEmpty());
    new Retries(config.taskMaxFailures(), TaskRuntime::pause)
        .run(
            "read the checkpoint location",
            () -> {
              takeover.run();
              return takeover;
            });
    List<Operator> operators = operators(config, checkpoint);
    this.inbox = new Inbox(config.aggregationProps());
    Queue<Batch> committed = new ConcurrentLinkedQueue<>();
    this.session =
        new TaskSession(
            config.taskNumber(),
            checkpoint,
            writer(config, checkpoint, tables, files, operators, context),
            config.cutPolicy(),
            config.maxUncommittedBatches(),
            new Retries(config.taskMaxFailures(), TaskRuntime::pause),
            () -> randomHex().substring(8),
            committed,
            this);
    this.driver =
        DriverThread.start(
            "tidemark-driver-" + config.connectorName() + "-" + config.taskNumber(),
            () -> driver(config, checkpoint, tables, files, operators, committed),
            config.taskMaxFailures());
    OperatorScope.bind(inbox);
  }

  /** Starts the driver's thread; the session starts with its first partitions. */
  static TaskRuntime start(DeltaSinkConfig config, SinkTaskContext context) {
    LOG.info("Starting task {} of {}", config.taskNumber(), config);
    return new TaskRuntime(config, context);
  }

  private static SegmentWriter writer(
      DeltaSinkConfig config,
      CheckpointLocation checkpoint,
      Tables tables,
      DataFileStore files,
      List<Operator> operators,
      SinkTaskContext context) {
    Rejects rejects =
        new Rejects(Optional.ofNullable(context.errantRecordReporter()), config.toleratesErrors());
    return new SegmentWriter(
        new ParquetRecordWriter(
            files,
            tables,
            config.router(),
            config.tableOptions(),
            config.recordOptions(),
            config.fileOptions(),
            rejects),
        new SessionTables(checkpoint.sessions()::writes),
        operators.stream()
            .map(
                operator ->
                    new TaskOperator(
                        operator, rejects, config.aggregationBufferBytes(operator.aggregation())))
            .toList());
  }

  private Driver driver(
      DeltaSinkConfig config,
      CheckpointLocation checkpoint,
      Tables tables,
      DataFileStore files,
      List<Operator> operators,
      Queue<Batch> committed)
      throws IOException {
    String writer = randomHex();
    SinkMetrics figures =
        SinkMetrics.register(config.connectorName(), config.taskNumber(), checkpoint.queryId());
    metrics = figures;
    return new Driver(
        checkpoint,
        new BatchCommit(checkpoint, tables, checkpoint.queryId()),
        new Cleanup(
            checkpoint, files, config.retainBatches(), new Sweep(checkpoint, operators, files)),
        new WindowCloser(
            checkpoint,
            operators,
            new ParquetRecordWriter(
                files,
                tables,
                config.router(),
                config.tableOptions(),
                config.resultOptions(),
                config.fileOptions(),
                new Rejects(Optional.empty(), false)),
            files,
            writer,
            config.retainBatches()),
        DriverTiming.of(config.commitIntervalMs()),
        config.taskNumber(),
        config.taskCount(),
        writer,
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

  private static List<Operator> operators(DeltaSinkConfig config, CheckpointLocation checkpoint) {
    List<Operator> operators = new ArrayList<>();
    for (Aggregation aggregation : config.aggregations()) {
      String directory = "state/" + aggregation.name();
      RunStore runs =
          aggregation.memoryProvider()
              ? new PlainRunStore(checkpoint.storage(), directory)
              : new RocksRunStore(checkpoint.storage(), directory, SCRATCH);
      operators.add(new Operator(aggregation, runs, config.topics()));
    }
    return operators;
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

  private static Map<String, String> reveal(Map<String, Password> properties) {
    Map<String, String> revealed = new HashMap<>();
    properties.forEach((key, value) -> revealed.put(key, value.value()));
    return revealed;
  }

  private static String randomHex() {
    return String.format("%016x", RANDOM.nextLong());
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("Interrupted while waiting to try again", e);
    }
  }
}
