package io.tidemark.sink;

import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.storage.Storages;
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
import io.tidemark.sink.window.TaskOperator;
import io.tidemark.sink.window.WindowCloser;
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
import org.apache.kafka.common.config.types.Password;

/** What a configuration is made of: the logs, the tables, the operators, and drivers over them. */
final class SinkParts {

  /** Where runs are written before they are copied into the checkpoint location. */
  private static final Path SCRATCH =
      Path.of(System.getProperty("java.io.tmpdir"), "tidemark-" + Environment.randomHex());

  private final DeltaSinkConfig config;
  private final CheckpointLocation checkpoint;
  private final Tables tables;
  private final DataFileStore store;
  private final List<Operator> operators;
  private final LongAdder auditFindings = new LongAdder();

  SinkParts(DeltaSinkConfig config) {
    this.config = config;
    Map<String, String> hadoopProperties = reveal(config.hadoopProperties());
    this.checkpoint = checkpoint(config);
    this.tables = new DeltaTables(hadoopProperties, "Tidemark/" + Version.TEXT);
    this.store = new DataFileStore(hadoopProperties);
    this.operators = operators(config, checkpoint);
  }

  /** The logs at the checkpoint location of a configuration. */
  static CheckpointLocation checkpoint(DeltaSinkConfig config) {
    return new CheckpointLocation(
        Storages.open(config.checkpointLocation(), reveal(config.hadoopProperties())));
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
        .run(
            "read the checkpoint location",
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
          .run(
              "open table " + only.get(),
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
                operator ->
                    new TaskOperator(
                        operator, rejects, config.aggregationBufferBytes(operator.aggregation())))
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

  private static Map<String, String> reveal(Map<String, Password> properties) {
    Map<String, String> revealed = new HashMap<>();
    properties.forEach((key, value) -> revealed.put(key, value.value()));
    return revealed;
  }
}
