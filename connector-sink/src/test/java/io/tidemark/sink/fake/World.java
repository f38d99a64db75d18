package io.tidemark.sink.fake;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.common.DataFile;
import io.tidemark.sink.audit.OffsetContinuity;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.commit.BatchCommit;
import io.tidemark.sink.commit.Cleanup;
import io.tidemark.sink.commit.Rereading;
import io.tidemark.sink.driver.Driver;
import io.tidemark.sink.driver.DriverTiming;
import io.tidemark.sink.file.DataFiles;
import io.tidemark.sink.file.SessionTables;
import io.tidemark.sink.kafka.BrokerLogs;
import io.tidemark.sink.kafka.BrokerTopicWatch;
import io.tidemark.sink.kafka.NoTopicWatch;
import io.tidemark.sink.kafka.OnTopicRecreated;
import io.tidemark.sink.kafka.StartingOffsets;
import io.tidemark.sink.kafka.TopicFigures;
import io.tidemark.sink.kafka.TopicPolicy;
import io.tidemark.sink.kafka.TopicWatch;
import io.tidemark.sink.recovery.Takeover;
import io.tidemark.sink.segment.CutPolicy;
import io.tidemark.sink.segment.Delivery;
import io.tidemark.sink.segment.Retries;
import io.tidemark.sink.segment.SegmentWriter;
import io.tidemark.sink.task.TaskPort;
import io.tidemark.sink.task.TaskSession;
import io.tidemark.sink.window.WindowCloser;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Tasks and drivers as shipped, on one thread with a clock that the test moves, over a topic, a
 * storage and a table in memory. A worker runs one task; its death takes task and driver with it.
 */
public final class World {

  public static final String TABLE = "memory:/orders";

  /** With so many segments of a task that wait for a batch, it pauses. */
  public static final int MAX_UNCOMMITTED = 10;

  private static final long INTERVAL_MS = 1_000;
  private static final int FETCH = 7;

  public final Faults faults = new Faults();
  public final MemoryStorage storage = new MemoryStorage(faults);
  public final MemoryTables tables = new MemoryTables(faults);
  public final MemoryFiles files = new MemoryFiles(faults, TABLE);
  public final List<Worker> workers = new ArrayList<>();
  public long nowMs = INTERVAL_MS;

  /** Kafka's logs. */
  public final FakeBroker logs = new FakeBroker();

  /** Whether tasks that start from now on ask Kafka about its logs. */
  public boolean asksKafka;

  /** What clean-ups found that the table names, and did not delete. */
  public final LongAdder findings = new LongAdder();

  private final Map<TopicPartition, Long> groupOffsets = new HashMap<>();
  private final Set<String> landed = new HashSet<>();
  private final int tasks;
  private long sessions;
  private OffsetReset reset;

  public World(int tasks) {
    this.tasks = tasks;
    tables.add(TABLE, "id-1");
  }

  /** Appends records to a partition. */
  public void produce(TopicPartition partition, long records) {
    long end = logs.ends.getOrDefault(partition, 0L);
    logs.with(partition, logs.starts.getOrDefault(partition, 0L), end + records);
  }

  /** Ends a transaction: its marker takes an offset, and is no record. */
  public void mark(TopicPartition partition) {
    logs.markers
        .computeIfAbsent(partition, absent -> new HashSet<>())
        .add(logs.ends.get(partition));
    produce(partition, 1);
  }

  /** A Spark query with the same checkpoint location and table. */
  public Spark spark() {
    return new Spark(new CheckpointLocation(storage), tables.table(TABLE), files, logs);
  }

  /** Starts the worker of a task with these partitions. */
  public Worker start(int task, Collection<TopicPartition> partitions) {
    Worker worker = new Worker(task, List.copyOf(partitions));
    workers.add(worker);
    return worker;
  }

  /** Steps every worker once; one that crashes is replaced by another for the same partitions. */
  public void round() {
    nowMs += 100;
    for (Worker worker : List.copyOf(workers)) {
      if (!worker.asleep) {
        try {
          worker.round();
        } catch (Faults.Crash crash) {
          replace(worker);
        } catch (IllegalStateException e) {
          // A session keeps whatever ended it for its next call, a crash too.
          if (!(e.getCause() instanceof Faults.Crash)) {
            throw e;
          }
          replace(worker);
        }
      }
    }
  }

  /** Asks for a reset, again after every death, and turns until a batch has carried it out. */
  public void reset(OffsetReset request) {
    reset = request;
    workers.forEach(worker -> worker.driver = null);
    for (int i = 0; i < 1_000; i++) {
      round();
      if (workers.stream().allMatch(worker -> worker.driver != null && worker.driver.hasReset())) {
        reset = null;
        return;
      }
    }
    throw new AssertionError("not reset: " + storage.paths());
  }

  private void replace(Worker worker) {
    workers.remove(worker);
    start(worker.task, worker.partitions);
  }

  /** Turns until the table has every record, or the test fails. */
  public void settle() {
    settle(produced().size());
  }

  /** Turns until the table has so many rows, or the test fails. */
  public void settle(long wanted) {
    for (int i = 0; i < 1_000; i++) {
      round();
      if (tables.table(TABLE).files().stream().mapToLong(DataFile::rows).sum() >= wanted) {
        return;
      }
    }
    throw new AssertionError(
        "not settled: " + tableRecords().size() + " of " + wanted + " rows; " + storage.paths());
  }

  /** Every record that was produced. */
  public List<String> produced() {
    List<String> records = new ArrayList<>();
    logs.ends.forEach(
        (partition, end) -> {
          for (long offset = 0; offset < end; offset++) {
            if (logs.holdsRecord(partition, new OffsetRange(offset, offset + 1))) {
              records.add(partition + "@" + offset);
            }
          }
        });
    return records;
  }

  /** Whether a consumer gets a record at this offset, which may be a marker's, or expired. */
  private boolean isRecord(TopicPartition partition, long offset) {
    return offset >= logs.starts.getOrDefault(partition, 0L)
        && logs.holdsRecord(partition, new OffsetRange(offset, offset + 1));
  }

  /** Every record that the table has. */
  public List<String> tableRecords() {
    List<String> records = new ArrayList<>();
    tables.table(TABLE).files().forEach(file -> records.addAll(files.records(file)));
    return records;
  }

  /** A task with its driver, in a runtime that polls, commits and rebalances as Connect's does. */
  public final class Worker implements TaskPort {

    public final int task;
    public final List<TopicPartition> partitions;
    public final TaskSession session;

    /** Takes no turn while true, and wakes as a zombie. */
    public boolean asleep;

    private final Queue<Batch> committed = new ArrayDeque<>();
    private final Map<TopicPartition, Long> positions = new TreeMap<>(Offsets.ORDER);
    private final Map<TopicPartition, Long> seeks = new HashMap<>();
    private final CheckpointLocation checkpoint = new CheckpointLocation(storage);
    private Driver driver;
    private boolean takenOver;
    private boolean opened;
    private boolean commitRequested;
    private boolean paused;
    private long driverMs;

    Worker(int task, List<TopicPartition> partitions) {
      this.task = task;
      this.partitions = partitions;
      this.session =
          new TaskSession(
              task,
              checkpoint,
              new SegmentWriter(
                  files.writer("id-1"), new SessionTables(checkpoint.sessions()::writes)),
              new CutPolicy(INTERVAL_MS, 0, 0),
              MAX_UNCOMMITTED,
              new Retries(4, ms -> {}),
              () -> hex().substring(8),
              topicWatch(),
              committed,
              this);
    }

    private TopicWatch topicWatch() {
      return asksKafka
          ? new BrokerTopicWatch(
              logs,
              new TopicPolicy(
                  StartingOffsets.parse("earliest"), false, OnTopicRecreated.FAIL, true),
              checkpoint.storage().location(),
              new TopicFigures())
          : new NoTopicWatch(checkpoint.storage().location());
    }

    void round() {
      try {
        if (!takenOver) {
          new Takeover(checkpoint, tables, Optional.of(TABLE), topic -> true, false).run();
          takenOver = true;
        }
      } catch (IOException retriedLater) {
        return;
      }
      try {
        if (nowMs >= driverMs) {
          if (driver == null) {
            driver = driver();
            if (reset != null) {
              driver.reset(reset);
            }
          }
          driverMs = driver.step(nowMs);
        }
      } catch (IOException retriedLater) {
        driverMs = nowMs + 100;
      }
      if (!opened && !partitions.isEmpty()) {
        opened = true;
        for (TopicPartition partition : partitions) {
          positions.put(partition, groupOffsets.getOrDefault(partition, 0L));
        }
        session.open(partitions, nowMs);
        applySeeks();
      }
      if (commitRequested) {
        commitRequested = false;
        commit();
      }
      applySeeks();
      session.put(Delivery.of(paused ? List.of() : poll()), nowMs);
    }

    private Driver driver() throws IOException {
      Driver made = newDriver();
      made.reread(new Rereading(Optional.of(new BrokerLogs(logs)), true));
      return made;
    }

    private Driver newDriver() throws IOException {
      return new Driver(
          checkpoint,
          new BatchCommit(
              checkpoint,
              tables,
              new DataFiles(files, tables, findings),
              checkpoint.queryId(),
              new OffsetContinuity(
                  OffsetContinuity.Mode.FAIL,
                  checkpoint.queryId(),
                  checkpoint::retainedPlan,
                  new LongAdder()),
              BatchCommit.FRESH_MS),
          new Cleanup(checkpoint, new DataFiles(files, tables, findings), 3),
          WindowCloser.none(checkpoint),
          DriverTiming.of(INTERVAL_MS),
          task,
          tasks,
          hex(),
          committed::add);
    }

    /** What the runtime does in {@code onPartitionsRevoked}. */
    public void revoke() {
      commit();
      session.close(partitions, nowMs);
      workers.remove(this);
    }

    private void commit() {
      session
          .preCommit(positions, nowMs)
          .forEach(
              (partition, offset) -> {
                if (offset > positions.get(partition)) {
                  throw new AssertionError(partition + " committed beyond its position");
                }
                // Invariant F: what Connect is told is in the table.
                landed.addAll(tableRecords());
                long last = offset - 1;
                while (last >= 0 && !isRecord(partition, last)) {
                  last--;
                }
                if (last >= 0 && !landed.contains(partition + "@" + last)) {
                  throw new AssertionError(partition + " committed at " + offset + " too early");
                }
                groupOffsets.put(partition, offset);
              });
    }

    private void applySeeks() {
      positions.putAll(seeks);
      seeks.clear();
    }

    /** As in Connect, positions follow the records, and stop in front of a marker. */
    private List<SinkRecord> poll() {
      List<SinkRecord> records = new ArrayList<>();
      positions.replaceAll(
          (partition, position) -> {
            long after = position;
            int fetched = 0;
            long end = logs.ends.getOrDefault(partition, 0L);
            for (long offset = position; offset < end && fetched < FETCH; offset++) {
              if (isRecord(partition, offset)) {
                records.add(
                    new SinkRecord(
                        partition.topic(), partition.partition(), null, null, null, "", offset));
                after = offset + 1;
                fetched++;
              }
            }
            return after;
          });
      return records;
    }

    @Override
    public void seek(Map<TopicPartition, Long> offsets) {
      seeks.putAll(offsets);
    }

    @Override
    public void requestCommit() {
      commitRequested = true;
    }

    @Override
    public void pause(Collection<TopicPartition> toPause) {
      paused = true;
    }

    @Override
    public void resume(Collection<TopicPartition> toResume) {
      paused = false;
    }

    @Override
    public void wakeDriver() {
      if (driver != null) {
        driver.wake();
      }
      driverMs = nowMs;
    }

    @Override
    public void reset(OffsetReset asked) {
      if (driver != null) {
        driver.reset(asked);
        driverMs = nowMs;
      }
    }
  }

  private String hex() {
    return String.format("%016x", ++sessions);
  }
}
