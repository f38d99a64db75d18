package io.tidemark.simulation;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.OwnerLog;
import io.tidemark.sink.audit.OffsetContinuity;
import io.tidemark.sink.commit.BatchCommit;
import io.tidemark.sink.commit.Cleanup;
import io.tidemark.sink.commit.Rereading;
import io.tidemark.sink.driver.Driver;
import io.tidemark.sink.driver.DriverTiming;
import io.tidemark.sink.file.DataFiles;
import io.tidemark.sink.file.SessionTables;
import io.tidemark.sink.kafka.BrokerLogs;
import io.tidemark.sink.kafka.BrokerTopicWatch;
import io.tidemark.sink.kafka.TopicFigures;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.recovery.Ownership;
import io.tidemark.sink.segment.CutPolicy;
import io.tidemark.sink.segment.Retries;
import io.tidemark.sink.segment.SegmentWriter;
import io.tidemark.sink.task.TaskPort;
import io.tidemark.sink.task.TaskSession;
import io.tidemark.sink.window.Sweep;
import io.tidemark.sink.window.TaskDeduplication;
import io.tidemark.sink.window.TaskOperator;
import io.tidemark.sink.window.WindowCloser;
import io.tidemark.windows.close.Operator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** The shipped classes of a task in a simulated world. */
final class ShippedParts {

  static final int MAX_FAILURES = 8;
  private static final int INTERVAL_MS = 2_000;

  /**
   * No file is fresh enough to be exempt from the check, not even one sealed since the step began.
   */
  private static final long LOOKS_ALWAYS = Long.MIN_VALUE;

  private final World world;
  private final int task;
  private final int tasks;
  private final Optional<Connectors.Membership> connector;

  ShippedParts(World world, int task, int tasks) {
    this.world = world;
    this.task = task;
    this.tasks = tasks;
    this.connector = world.connectors.newest();
  }

  /** Whether it is a task of a connector, not one without a connector. */
  boolean hasConnector() {
    return connector.isPresent();
  }

  /** Whether the location no longer belongs to the connector of this task. */
  boolean isOfFormerConnector() {
    OwnerLog owners = new CheckpointLocation(world.files).owners();
    try {
      return connector.isPresent()
          && owners
              .read(owners.latest().orElseThrow())
              .filter(owner -> owner.connector().equals(connector.get().connector()))
              .isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes sure that the task sees its connector's location.
   *
   * @param pause waits for this number of milliseconds
   * @return checks it again
   */
  Runnable join(Io io, LongConsumer pause) {
    if (connector.isEmpty()) {
      return () -> {};
    }
    Retries retries = new Retries(MAX_FAILURES, pause);
    Ownership ownership = ownership(io);
    ownership.join(connector.get().queryId(), retries, pause);
    return () -> ownership.require(retries);
  }

  private Ownership ownership(Io io) {
    return new Ownership(
        checkpoint(io), connector.orElseThrow().connector(), connector.get().from());
  }

  private static CheckpointLocation checkpoint(Io io) {
    return new CheckpointLocation(new SimulatedStorage(io, io.actor().machine().disk()));
  }

  /**
   * The session of a task.
   *
   * @param pause waits for so many milliseconds
   * @param committed is notified of batches
   */
  TaskSession session(Io io, LongConsumer pause, Queue<Batch> committed, TaskPort port) {
    CheckpointLocation checkpoint = checkpoint(io);
    Rejects rejects = new Rejects(Optional.of(world.letters.reporter(io)), true);
    return new TaskSession(
        task,
        checkpoint,
        new SegmentWriter(
            new SimulatedWriter(io, world, rejects),
            new SessionTables(checkpoint.sessions()::writes),
            operators(checkpoint).stream()
                .map(
                    operator ->
                        operator.isDistinct()
                            ? new TaskDeduplication(
                                operator, rejects, world.windowing.bufferBytes())
                            : new TaskOperator(operator, rejects, world.windowing.bufferBytes()))
                .toList(),
            rejects),
        new CutPolicy(INTERVAL_MS, world.scenario.cutRows(), 0),
        6,
        new Retries(MAX_FAILURES, pause),
        world.dice::hex8,
        new BrokerTopicWatch(
            new SimulatedBroker(io, world),
            world.scenario.policy(),
            checkpoint.storage().location(),
            new TopicFigures()),
        committed,
        port);
  }

  /**
   * The driver beside it.
   *
   * @param committed is told of batches
   */
  Driver driver(Io io, Queue<Batch> committed) throws IOException {
    CheckpointLocation checkpoint = checkpoint(io);
    SimulatedTables tables = new SimulatedTables(io, world);
    DataFiles files =
        new DataFiles(new SimulatedDataFiles(io, world.folder), tables, new LongAdder());
    List<Operator> operators = operators(checkpoint);
    String writer = world.dice.hex8() + world.dice.hex8();
    Driver driver =
        new Driver(
            checkpoint,
            new BatchCommit(
                checkpoint,
                tables,
                files,
                checkpoint.queryId(),
                OffsetContinuity.off(),
                LOOKS_ALWAYS),
            new Cleanup(
                checkpoint,
                files,
                world.scenario.retainedBatches(),
                new Sweep(checkpoint, operators, files)),
            new WindowCloser(
                checkpoint,
                operators,
                new SimulatedWriter(io, world, Rejects.none()),
                Rejects.none(),
                files,
                writer,
                world.scenario.retainedBatches()),
            timing(),
            task,
            tasks,
            writer,
            committed::add);
    driver.reread(
        new Rereading(
            Optional.of(new BrokerLogs(new SimulatedBroker(io, world))),
            world.scenario.policy().failOnDataLoss()));
    if (connector.isPresent()) {
      Ownership ownership = ownership(io);
      driver.check((last, plan) -> ownership.require());
    }
    if (world.misbehaviour.rebasesTables()) {
      driver.rebaseRestoredTables();
    }
    return driver;
  }

  /** In every second world drivers do not rest, and so meet more often. */
  private DriverTiming timing() {
    DriverTiming timing = DriverTiming.of(INTERVAL_MS);
    return world.scenario.seed() % 2 == 0
        ? timing
        : new DriverTiming(
            timing.intervalMs(),
            timing.pollMs(),
            timing.pollMs(),
            timing.gatherMs(),
            timing.staggerMs(),
            timing.takeoverMs());
  }

  private List<Operator> operators(CheckpointLocation checkpoint) {
    return world.windowing.operator(checkpoint.storage(), world.scratch).stream().toList();
  }
}
