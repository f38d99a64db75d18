package io.tidemark.sink;

import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.connector.Version;
import io.tidemark.delta.table.DeltaTables;
import io.tidemark.delta.table.Tables;
import io.tidemark.sink.audit.OffsetContinuity;
import io.tidemark.sink.audit.OffsetsInTable;
import io.tidemark.sink.commit.BatchCommit;
import io.tidemark.sink.commit.Cleanup;
import io.tidemark.sink.config.DeltaSinkConfig;
import io.tidemark.sink.driver.BatchListener;
import io.tidemark.sink.driver.Driver;
import io.tidemark.sink.driver.DriverTiming;
import io.tidemark.sink.file.DataFileStore;
import io.tidemark.sink.file.DataFiles;
import io.tidemark.sink.file.NewTables;
import io.tidemark.sink.file.ParquetRecordWriter;
import io.tidemark.sink.file.SessionTables;
import io.tidemark.sink.record.RecordOptions;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.recovery.KnownTables;
import io.tidemark.sink.recovery.Takeover;
import io.tidemark.sink.segment.Retries;
import io.tidemark.sink.segment.SegmentWriter;
import io.tidemark.sink.window.Sweep;
import io.tidemark.sink.window.TaskDeduplication;
import io.tidemark.sink.window.TaskOperator;
import io.tidemark.sink.window.WindowCloser;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.Storages;
import io.tidemark.windows.close.Operator;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.run.PlainRunStore;
import io.tidemark.windows.run.RocksRunStore;
import io.tidemark.windows.run.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a configuration is made of: the logs, the tables, the operators, and drivers over them, on
 * file systems that are closed with it.
 */
final class SinkParts implements AutoCloseable {

  /** Where runs are written before they are copied into the checkpoint location. */
  private static final Path SCRATCH =
      Path.of(System.getProperty("java.io.tmpdir"), "tidemark-" + Environment.randomHex());

  private final DeltaSinkConfig config;
  private final HadoopFileSystems fileSystems;
  private final CheckpointLocation checkpoint;
  private final Tables tables;
  private final DataFileStore store;
  private final List<Operator> operators;
  private final LongAdder auditFindings = new LongAdder();

  SinkParts(DeltaSinkConfig config) {
    this.config = config;
    this.fileSystems = fileSystems(config);
    this.checkpoint = checkpoint(config, fileSystems);
    this.tables = new DeltaTables(fileSystems, "Tidemark/" + Version.TEXT);
    this.store = new DataFileStore(fileSystems);
    this.operators = operators(config, checkpoint);
  }

  /** The file systems of a configuration, to be closed. */
  static HadoopFileSystems fileSystems(DeltaSinkConfig config) {
    Map<String, String> properties = new HashMap<>();
    config.hadoopProperties().forEach((key, value) -> properties.put(key, value.value()));
    return new HadoopFileSystems(properties);
  }

  /** The logs at the checkpoint location of a configuration. */
  static CheckpointLocation checkpoint(DeltaSinkConfig config, HadoopFileSystems fileSystems) {
    return new CheckpointLocation(Storages.open(config.checkpointLocation(), fileSystems));
  }

  /** Counts what the audits of its drivers find. */
  LongAdder auditFindings() {
    return auditFindings;
  }

  CheckpointLocation checkpoint() {
    return checkpoint;
  }

  /** Continues where a Spark query left the checkpoint location, if one was there last. */
  void takeOverFromSpark() {
    Takeover takeover =
        new Takeover(
            checkpoint,
            tables,
            config.router().onlyLocation(),
            config.topics(),
            !operators.isEmpty());
    new Retries(config.taskMaxFailures(), Environment::pause)
        .start(
            "read the checkpoint location",
            checkpoint.location(),
            () -> {
              takeover.run();
              return takeover;
            });
  }

  /**
   * Makes sure that the connector's only table is the one that its batches went to. Of several
   * tables some may be gone for good: those are looked at when rows are due for them.
   */
  void requireTable() {
    Optional<String> only = config.router().onlyLocation();
    if (only.isPresent()) {
      new Retries(config.taskMaxFailures(), Environment::pause)
          .start(
              "open table " + only.get(),
              only.get(),
              () -> {
                new KnownTables(checkpoint).requireSame(tables, only.get());
                return only;
              });
    }
  }

  /** What a task writes segments with. */
  SegmentWriter writer(Rejects rejects) {
    return new SegmentWriter(
        recordWriter(config.recordOptions(), rejects),
        new SessionTables(checkpoint.sessions()::writes),
        operators.stream()
            .map(
                operator -> {
                  long bytes = config.aggregationBufferBytes(operator.aggregation());
                  return operator.isDistinct()
                      ? new TaskDeduplication(operator, rejects, bytes)
                      : new TaskOperator(operator, rejects, bytes);
                })
            .toList(),
        rejects);
  }

  /**
   * A driver of its own writer's name.
   *
   * @param rejects takes rows of windows that cannot be written
   */
  Driver driver(DriverTiming timing, BatchListener listener, Rejects rejects) throws IOException {
    String writer = Environment.randomHex();
    String queryId = checkpoint.queryId();
    DataFiles files = new DataFiles(store, tables, auditFindings);
    Driver driver =
        new Driver(
            checkpoint,
            new BatchCommit(
                checkpoint,
                tables,
                files,
                queryId,
                new OffsetContinuity(
                    config.offsetAudit(), queryId, checkpoint::retainedPlan, auditFindings),
                BatchCommit.FRESH_MS),
            new Cleanup(
                checkpoint, files, config.retainBatches(), new Sweep(checkpoint, operators, files)),
            new WindowCloser(
                checkpoint,
                operators,
                recordWriter(config.resultOptions(), rejects),
                rejects,
                files,
                writer,
                config.retainBatches()),
            timing,
            config.taskNumber(),
            config.taskCount(),
            writer,
            listener);
    driver.check(
        new OffsetsInTable(tables, queryId, checkpoint.location(), config.appendsToOffsetsInTable())
            ::require);
    if (config.rebasesRestoredTables()) {
      driver.rebaseRestoredTables();
    }
    return driver;
  }

  private ParquetRecordWriter recordWriter(RecordOptions options, Rejects rejects) {
    return new ParquetRecordWriter(
        store,
        new NewTables(
            tables, new KnownTables(checkpoint)::requireNew, store, config.createsAmongFiles()),
        config.router(),
        config.tableOptions(),
        options,
        config.fileOptions(),
        rejects);
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

  @Override
  public void close() {
    fileSystems.close();
  }
}
