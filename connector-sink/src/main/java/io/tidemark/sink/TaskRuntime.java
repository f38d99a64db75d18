package io.tidemark.sink;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.common.ForwardClock;
import io.tidemark.metrics.MetricTarget;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.commit.Rereading;
import io.tidemark.sink.config.DeltaSinkConfig;
import io.tidemark.sink.driver.BatchListener;
import io.tidemark.sink.driver.Driver;
import io.tidemark.sink.driver.DriverThread;
import io.tidemark.sink.driver.DriverTiming;
import io.tidemark.sink.driver.Progress;
import io.tidemark.sink.kafka.AdminBroker;
import io.tidemark.sink.kafka.AdminSettings;
import io.tidemark.sink.kafka.BrokerErrors;
import io.tidemark.sink.kafka.BrokerLogs;
import io.tidemark.sink.kafka.BrokerTopicWatch;
import io.tidemark.sink.kafka.LogEnds;
import io.tidemark.sink.kafka.NoTopicWatch;
import io.tidemark.sink.kafka.TopicFigures;
import io.tidemark.sink.kafka.TopicPolicy;
import io.tidemark.sink.kafka.TopicWatch;
import io.tidemark.sink.record.LetterBox;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.segment.Delivery;
import io.tidemark.sink.segment.Retries;
import io.tidemark.sink.task.AvailableRecords;
import io.tidemark.sink.task.Standing;
import io.tidemark.sink.task.TaskPort;
import io.tidemark.sink.task.TaskSession;
import io.tidemark.sink.window.Inbox;
import io.tidemark.windows.OperatorScope;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
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

  /** The driver waits for the task's thread, which may be busy with storage for a while. */
  private static final long LETTER_PATIENCE_MS = 60_000;

  private final SinkTaskContext context;
  private final Retries retries;
  private final LocationClaim claim;
  private final TaskSession session;
  private final DriverThread driver;
  private final Inbox inbox;
  private final TopicFigures topicFigures = new TopicFigures();
  private final SinkMetrics metrics;

  /** What is read; empty when that is all that ever comes. */
  private Optional<AvailableRecords> available = Optional.empty();

  /** Where the logs end, for the metrics; empty when it is not known where Kafka is. */
  private Optional<LogEnds> logEnds = Optional.empty();

  private final Optional<ErrantRecordReporter> reporter;

  /** Rows of windows that the driver rejects. */
  private final LetterBox letters = new LetterBox();

  private Optional<AdminBroker> broker = Optional.empty();

  /** The driver's own, since each is for one thread. */
  private Optional<AdminBroker> driverBroker = Optional.empty();

  /** Asks the driver. Before there is a driver it does nothing, and the task asks again. */
  private volatile Consumer<OffsetReset> resetter = reset -> {};

  private final long tickMs;

  private final SinkParts parts;

  private TaskRuntime(DeltaSinkConfig config, SinkTaskContext context, SinkParts parts) {
    this.context = context;
    this.parts = parts;
    this.tickMs = Math.min(LONGEST_TICK_MS, Math.max(50, config.commitIntervalMs() / 4));
    this.metrics =
        new SinkMetrics(
            config.connectorName(),
            config.aggregations(),
            MetricTarget.of(context, config.connectorName(), config.taskNumber()),
            ForwardClock.SYSTEM);
    this.retries =
        new Retries(
            config.taskMaxFailures(),
            pauseMs -> {
              metrics.retried();
              Environment.pause(pauseMs);
            });
    this.claim = new LocationClaim(config, parts.checkpoint());
    claim.join();
    parts.takeOverFromSpark();
    parts.requireTable();
    this.reporter = Optional.ofNullable(context.errantRecordReporter());
    ConnectQueueFigures queue =
        new ConnectQueueFigures(config.connectorName(), config.taskNumber());
    Rejects rejects = new Rejects(reporter, config.toleratesErrors(), queue);
    Rejects rejectedRows =
        new Rejects(
            reporter.map(any -> letters),
            config.toleratesErrors(),
            new ConnectQueueFigures(config.connectorName(), config.taskNumber()),
            LETTER_PATIENCE_MS);
    this.inbox = new Inbox(config.aggregationProps());
    Queue<Batch> committed = new ConcurrentLinkedQueue<>();
    this.session =
        new TaskSession(
            config.taskNumber(),
            parts.checkpoint(),
            parts.writer(rejects),
            config.cutPolicy(),
            config.maxUncommittedBatches(),
            retries,
            () -> Environment.randomHex().substring(8),
            topicWatch(config, context),
            committed,
            this);
    this.driver =
        DriverThread.start(
            "tidemark-driver-" + config.connectorName() + "-" + config.taskNumber(),
            () -> driver(config, parts, committed, rejectedRows),
            config.taskMaxFailures(),
            ForwardClock.SYSTEM,
            metrics::retried);
    metrics.publish(
        () -> rejects.count() + rejectedRows.count(),
        inbox::droppedRecords,
        parts.auditFindings(),
        topicFigures);
    OperatorScope.bind(inbox);
  }

  /** Starts the driver's thread; the session starts with its first partitions. */
  static TaskRuntime start(DeltaSinkConfig config, SinkTaskContext context) {
    LOG.info("Starting task {} of {}", config.taskNumber(), config);
    SinkParts parts = new SinkParts(config);
    try {
      return new TaskRuntime(config, context, parts);
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private TopicWatch topicWatch(DeltaSinkConfig config, SinkTaskContext context) {
    AdminSettings settings = config.adminSettings(AdminSettings.ofWorker(context));
    Optional<String> reset = settings.resetPolicy();
    TopicPolicy policy = config.topicPolicy(reset.equals(Optional.of("earliest")));
    policy.contradiction(reset).ifPresent(LOG::warn);
    if (settings.isComplete()) {
      String client = "tidemark-" + config.connectorName() + "-" + config.taskNumber();
      String group = settings.group(config.connectorName());
      AdminBroker asked = new AdminBroker(settings.client(client), group, settings.isolation());
      broker = Optional.of(asked);
      logEnds = Optional.of(new LogEnds(asked::ends));
      if (config.runsUntilAvailable()) {
        available = Optional.of(new AvailableRecords(asked, this));
      }
      driverBroker =
          Optional.of(
              new AdminBroker(settings.client(client + "-driver"), group, settings.isolation()));
    } else if (policy.needsBroker() || config.runsUntilAvailable()) {
      throw BrokerErrors.unknown();
    } else {
      LOG.warn(
          "This Connect runtime does not show the worker's own settings, and"
              + " kafka.bootstrap.servers is not set: the connector cannot see whether records"
              + " expire before it reads them");
    }
    return broker
        .<TopicWatch>map(
            known -> new BrokerTopicWatch(known, policy, config.checkpointLocation(), topicFigures))
        .orElseGet(() -> new NoTopicWatch(config.checkpointLocation()));
  }

  private Driver driver(
      DeltaSinkConfig config, SinkParts parts, Queue<Batch> committed, Rejects rejects)
      throws IOException {
    metrics.identified(parts.checkpoint().queryId());
    Driver made =
        parts.driver(
            DriverTiming.of(config.commitIntervalMs()),
            new BatchListener() {
              @Override
              public void committed(Batch batch) {
                committed.add(batch);
                metrics.committed(batch);
              }

              @Override
              public void progressed(Progress progress) {
                metrics.progressed(progress);
              }
            },
            rejects);
    made.reread(
        new Rereading(
            driverBroker.map(BrokerLogs::new), config.topicPolicy(true).failOnDataLoss()));
    made.check((last, plan) -> claim.require());
    resetter = made::reset;
    return made;
  }

  void open(Collection<TopicPartition> partitions) {
    available.ifPresent(records -> records.opened(partitions));
    session.open(partitions, ForwardClock.SYSTEM.nowMs());
  }

  void put(Collection<SinkRecord> records) {
    driver
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    reporter.ifPresent(letters::deliver);
    long nowMs = ForwardClock.SYSTEM.nowMs();
    Delivery delivered = inbox.take(records);
    Delivery delivery = available.map(all -> all.within(delivered)).orElse(delivered);
    metrics.delivered(delivery);
    session.put(delivery, nowMs);
    Standing standing = session.standing();
    logEnds.ifPresent(ends -> ends.look(standing.frontier().keySet(), nowMs));
    available.ifPresent(all -> metrics.runs(all.tick(standing, delivered.isEmpty(), nowMs)));
    metrics.stands(
        standing,
        logEnds.map(ends -> ends.lag(standing.frontier(), nowMs)).orElseGet(OptionalLong::empty));
    context.timeout(tickMs);
  }

  Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> positions) {
    reporter.ifPresent(letters::deliver);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    positions.forEach((partition, position) -> offsets.put(partition, position.offset()));
    Map<TopicPartition, Long> reached = available.map(all -> all.within(offsets)).orElse(offsets);
    Map<TopicPartition, OffsetAndMetadata> safe = new HashMap<>();
    session
        .preCommit(reached, ForwardClock.SYSTEM.nowMs())
        .forEach(
            (partition, offset) ->
                safe.put(partition, new OffsetAndMetadata(offset, TopicWatch.COMMITTED)));
    return safe;
  }

  void close(Collection<TopicPartition> partitions) {
    session.close(partitions, ForwardClock.SYSTEM.nowMs());
    available.ifPresent(records -> records.released(partitions));
  }

  void stop() {
    OperatorScope.unbind();
    session.stop();
    broker.ifPresent(AdminBroker::close);
    driver.close(STOP_PATIENCE_MS);
    driverBroker.ifPresent(AdminBroker::close);
    metrics.close();
    // Its last step may take longer than Connect waits, and needs them.
    driver.whenEnded(parts::close);
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
    Collection<TopicPartition> wanted =
        available.map(records -> records.unread(partitions)).orElse(partitions);
    context.resume(wanted.toArray(TopicPartition[]::new));
  }

  @Override
  public void beginning() {
    claim.require(retries);
  }

  @Override
  public void wakeDriver() {
    driver.wake();
  }

  @Override
  public void reset(OffsetReset reset) {
    resetter.accept(reset);
    driver.wake();
  }
}
