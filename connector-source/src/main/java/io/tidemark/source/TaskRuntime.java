package io.tidemark.source;

import io.tidemark.common.ForwardClock;
import io.tidemark.delta.read.ReadableTables;
import io.tidemark.metrics.MetricTarget;
import io.tidemark.source.config.DeltaSourceConfig;
import io.tidemark.source.offset.ShardPositions;
import io.tidemark.source.offset.Shards;
import io.tidemark.source.plan.Resume;
import io.tidemark.source.plan.ShardRange;
import io.tidemark.source.read.ReadCounts;
import io.tidemark.source.read.TableReader;
import io.tidemark.source.record.RecordFactory;
import io.tidemark.source.task.TableStream;
import io.tidemark.source.task.TaskSession;
import io.tidemark.source.task.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A started task: its session, with a clock and the waiting that the session does not do itself.
 */
final class TaskRuntime {

  private static final Logger LOG = LoggerFactory.getLogger(TaskRuntime.class);

  /** The longest wait in a poll, because Connect cannot stop a task while it polls. */
  private static final long LONGEST_WAIT_MS = 500;

  /** Largest number of parts of tables that the log line names; more are only counted. */
  private static final int NAMED_RANGES = 5;

  private final TaskSession session;
  private final SourceMetrics metrics;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private TaskRuntime(TaskSession session, SourceMetrics metrics) {
    this.session = session;
    this.metrics = metrics;
  }

  /** Determines where each shard of the task continues. */
  static TaskRuntime start(
      DeltaSourceConfig config, ReadableTables tables, SourceTaskContext context) {
    LOG.info("Starting task {} of {}", config.taskNumber(), config);
    Transactions transactions = transactions(config, context);
    ReadCounts counts = new ReadCounts();
    Shards shards = config.shards();
    List<TableStream> streams = new ArrayList<>();
    List<String> continues = new ArrayList<>();
    for (ShardRange range : config.ranges()) {
      String location = config.tables().get(range.table());
      ShardPositions positions =
          Resume.of(
              location,
              shards,
              config.start(range.table()),
              partitions -> context.offsetStorageReader().offsets(partitions));
      LOG.debug(
          "Reading shards {} to {} of {}, which continue at {}",
          range.from(),
          range.to() - 1,
          location,
          positions);
      continues.add(
          "shards "
              + range.from()
              + " to "
              + (range.to() - 1)
              + " of "
              + location
              + " at "
              + positions);
      streams.add(
          new TableStream(
              new TableReader(
                  tables, location, shards, range, positions, config.readOptions(), counts),
              shards,
              new RecordFactory(location, config.recordOptions())));
    }
    LOG.info(
        "Reading {}",
        continues.size() > NAMED_RANGES ? continues.size() + " parts of tables" : continues);
    TaskSession session =
        new TaskSession(
            streams,
            config.batchLimits(),
            config.pollIntervalMs(),
            config.taskMaxFailures(),
            transactions,
            ForwardClock.SYSTEM);
    SourceMetrics metrics =
        new SourceMetrics(
            config.ranges().stream()
                .map(range -> config.tables().get(range.table()))
                .distinct()
                .toList(),
            MetricTarget.of(context, config.connectorName(), config.taskNumber()),
            counts,
            session::retries);
    metrics.publish(ForwardClock.SYSTEM.nowMs());
    return new TaskRuntime(session, metrics);
  }

  private static Transactions transactions(DeltaSourceConfig config, SourceTaskContext context) {
    TransactionContext transactions = context.transactionContext();
    if (transactions == null) {
      LOG.info(
          config.requiresExactlyOnce()
              ? "Records are sent exactly once, in transactions that do not follow table versions."
                  + " Set transaction.boundary=connector for one transaction per table version"
              : "Records are sent at least once, unless the worker has"
                  + " exactly.once.source.support=enabled. Set exactly.once.support=required to"
                  + " make sure of that");
      return Transactions.NONE;
    }
    LOG.info("Records are sent exactly once, each table version in one transaction of this task");
    return new Transactions() {
      @Override
      public boolean ours() {
        return true;
      }

      @Override
      public void commitAfter(SourceRecord record) {
        transactions.commitTransaction(record);
      }

      @Override
      public void commitAfterBatch() {
        transactions.commitTransaction();
      }
    };
  }

  /** The next records; null when there are none for now. */
  List<SourceRecord> poll() throws InterruptedException {
    List<SourceRecord> records;
    synchronized (session) {
      records = session.poll();
      metrics.polled(
          records.size(), session.lags(), session.missing(), ForwardClock.SYSTEM.nowMs());
    }
    if (!records.isEmpty()) {
      return records;
    }
    long waitMs = Math.min(LONGEST_WAIT_MS, session.idleUntilMs() - ForwardClock.SYSTEM.nowMs());
    if (waitMs > 0) {
      stopped.await(waitMs, TimeUnit.MILLISECONDS);
    }
    return null;
  }

  /** Ends a waiting poll. Connect calls it when no poll is running; older workers at any time. */
  void stop() {
    stopped.countDown();
    metrics.close();
    synchronized (session) {
      session.close();
    }
  }
}
