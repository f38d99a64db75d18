package io.tidemark.sink.window;

import io.tidemark.checkpoint.log.AttemptLog;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.WindowStates;
import io.tidemark.checkpoint.log.WrittenTables;
import io.tidemark.common.DataFile;
import io.tidemark.sink.batch.TableErrors;
import io.tidemark.sink.file.DataFiles;
import io.tidemark.sink.file.FileOwner;
import io.tidemark.sink.file.RecordWriter;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.record.ResultRecord;
import io.tidemark.windows.close.Operator;
import io.tidemark.windows.close.OperatorStep;
import io.tidemark.windows.close.ResultRow;
import io.tidemark.windows.close.Watermark;
import io.tidemark.windows.close.WindowErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes the plan of a batch by what it does to the operators. The rows of the windows that it
 * closes are in data files before the plan exists, and the plan names them: the plan therefore
 * still decides everything, and the driver that carries it out computes nothing.
 */
public final class WindowCloser {

  private static final Logger LOG = LoggerFactory.getLogger(WindowCloser.class);
  static final String NAME_START = "window-";
  private static final int ROWS_AT_ONCE = 1024;

  /** Most dead letters in flight; they are in heap until Kafka has them. */
  private static final int LETTERS_AT_ONCE = 10_000;

  private final CheckpointLocation checkpoint;
  private final Map<String, Operator> operators = new TreeMap<>();
  private final RecordWriter results;
  private final Rejects rejects;

  /** Null without operators, because there are then no results. */
  private final DataFiles dataFiles;

  private final String writer;
  private final Compactor compactor;

  /** Tables by name of the attempt that registered them, since the last committed batch. */
  private final Map<String, Set<String>> attempts = new LinkedHashMap<>();

  private final List<SinkRecord> pending = new ArrayList<>();
  private String attempt = "";
  private int count;
  private int runs;
  private long rows;

  /** Number of rejects that are known to be in the dead letter queue. */
  private long settled;

  /** Runs that this attempt wrote, by operator. */
  private final Map<Operator, List<String>> written = new LinkedHashMap<>();

  /** For a connector without operators. */
  public static WindowCloser none(CheckpointLocation checkpoint) {
    return new WindowCloser(checkpoint, List.of(), new NoFiles(), Rejects.none(), null, "", 0);
  }

  /**
   * @param results writes the result rows
   * @param rejects takes the rows that cannot be written; the same as the writer's
   * @param writer random hex, unique to the driver
   * @param retainedBatches how many batches a run is kept after the last batch that names it
   */
  public WindowCloser(
      CheckpointLocation checkpoint,
      List<Operator> operators,
      RecordWriter results,
      Rejects rejects,
      DataFiles dataFiles,
      String writer,
      int retainedBatches) {
    this.checkpoint = checkpoint;
    operators.forEach(operator -> this.operators.put(operator.name(), operator));
    this.results = results;
    this.rejects = rejects;
    this.dataFiles = dataFiles;
    this.writer = writer;
    this.compactor = new Compactor(this.operators.values(), writer, retainedBatches);
  }

  /** The operators, by name. */
  public Map<String, Operator> operators() {
    return operators;
  }

  /**
   * The plan with all that follows from it.
   *
   * @param plan without operators and results
   * @param accepted has the segments that the plan accepts, by id
   * @param mayBegin whether an operator may have its first watermark
   * @throws io.tidemark.windows.run.RunMissingException when a run is missing: another driver has
   *     continued, or the run was lost
   * @throws IOException when writing failed; the same call may be repeated
   */
  public Batch complete(
      Batch committed, Batch plan, Map<SegmentId, Segment> accepted, boolean mayBegin)
      throws IOException {
    List<Segment> segments = plan.accepted().stream().map(accepted::get).toList();
    requireKnown(committed, segments);
    if (operators.isEmpty()) {
      return plan;
    }
    begin(plan.number());
    DroppedRows dropped = new DroppedRows();
    try {
      SortedMap<String, OperatorState> states = new TreeMap<>(committed.operators());
      for (Operator operator : operators.values()) {
        OperatorState before = committed.operators().get(operator.name());
        states.put(
            operator.name(),
            new OperatorStep(operator, row -> add(operator, row), dropped::add)
                .next(
                    before == null
                        ? OperatorState.initial(operator.definition())
                        : compactor.applied(operator, before, plan.number()),
                    plan.number(),
                    segments,
                    plan.frontier().ends().keySet(),
                    mayBegin,
                    () -> runName(operator)));
        flush();
      }
      SortedMap<String, String> tables = new TreeMap<>(plan.tables());
      for (Map.Entry<String, String> table : results.tableIds().entrySet()) {
        String before = tables.putIfAbsent(table.getKey(), table.getValue());
        if (before != null && !before.equals(table.getValue())) {
          throw TableErrors.recreated(table.getKey(), before, table.getValue(), plan.number());
        }
      }
      List<DataFile> replaced = dropped.replace(results);
      List<DataFile> files = results.finish();
      // Invariant K: once the plan exists, no driver computes these rows again.
      settle(0);
      return plan.closing(
          new WindowStates(states, files, replaced),
          dropped.written(committed, segments, new WrittenTables(tables, plan.writes())));
    } catch (IOException | RuntimeException e) {
      results.abort();
      deleteRuns();
      throw e;
    }
  }

  /**
   * Whether an operator can have its first watermark now, after waiting for tasks that may be idle
   * by now. The next batch is then due without a segment.
   */
  public boolean awaitsWatermark(Batch committed) {
    for (Operator operator : operators.values()) {
      OperatorState state = committed.operators().get(operator.name());
      if (state != null
          && state.watermarkMs().isEmpty()
          && Watermark.next(
                  operator.aggregation().watermark(), state.watermarkMs(), state.partitions())
              .isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Another driver's plan won: no batch will ever name the files of this one's plan. */
  public void lost(Batch plan) {
    deleteRuns();
    // In any case the plan of this attempt is not the one that is committed.
    Set<String> tables = attempts.remove(attempt);
    try {
      if (!plan.results().isEmpty()) {
        dataFiles.delete("attempt " + attempt, plan.results());
      }
    } catch (IOException e) {
      LOG.debug("Cannot delete the result files of attempt {}. The sweep deletes them", attempt, e);
      return;
    }
    if (tables != null) {
      forget(attempt, tables);
    }
  }

  /** The plan is committed: its files belong to the table, and the attempt needs no entry. */
  public void committed(Batch batch) {
    // Without results the attempt is an earlier one without a plan, which the sweep removes.
    if (batch.writer().equals(writer) && attempts.size() == 1 && !batch.results().isEmpty()) {
      attempts.forEach(this::forget);
    }
    if (batch.isStandIn()) {
      // The plan may be void because a table of results was changed, so it is opened again.
      results.abort();
    }
    attempts.clear();
    written.clear();
    if (!batch.continuity().resets().isNone()) {
      // An earlier state may need what has been left out of them since.
      compactor.forget();
    }
  }

  /** Merges runs between two batches, so that later batches read fewer. */
  public void compact(Batch committed) throws IOException {
    compactor.after(committed);
  }

  private void requireKnown(Batch committed, List<Segment> segments) {
    committed
        .operators()
        .forEach(
            (name, state) -> {
              if (!operators.containsKey(name) && !state.runs().isEmpty()) {
                throw WindowErrors.operatorRemoved(name, state.partials());
              }
            });
    for (Segment segment : segments) {
      for (String name : segment.operators().keySet()) {
        if (!operators.containsKey(name)) {
          throw WindowErrors.unknownOperator(name, segment.id().toString());
        }
      }
    }
  }

  private void begin(long batch) {
    String name = AttemptLog.name(batch, writer, count++);
    attempt = name;
    runs = 0;
    rows = 0;
    written.clear();
    pending.clear();
    rejects.forget();
    settled = rejects.count();
    results.begin(
        new FileOwner(
            NAME_START + name,
            table -> {
              if (attempts.computeIfAbsent(name, any -> new HashSet<>()).add(table)) {
                checkpoint.attempts().writes(name, table);
              }
            }));
  }

  private String runName(Operator operator) {
    String name = attempt + "-" + runs++;
    written.computeIfAbsent(operator, any -> new ArrayList<>()).add(name);
    return name;
  }

  private void add(Operator operator, ResultRow row) throws IOException {
    SinkRecord record =
        new ResultRecord(operator.name(), operator.aggregation().topic(), row, rows++);
    if (row.failure().isPresent()) {
      rejects.reject(record, row.failure().get());
    } else {
      pending.add(record);
    }
    if (pending.size() >= ROWS_AT_ONCE) {
      flush();
    }
    settle(LETTERS_AT_ONCE);
  }

  /** Waits for dead letters in flight, if there are more than this number. */
  private void settle(long most) throws IOException {
    if (rejects.count() - settled > most) {
      rejects.settle();
      settled = rejects.count();
    }
  }

  private void flush() throws IOException {
    if (!pending.isEmpty()) {
      results.write(pending);
      pending.clear();
    }
  }

  private void forget(String name, Set<String> tables) {
    try {
      for (String table : tables) {
        checkpoint.attempts().forget(name, table);
      }
    } catch (IOException e) {
      LOG.debug("Cannot remove the registration of attempt {}. The sweep removes it", name, e);
    }
  }

  private void deleteRuns() {
    written.forEach(
        (operator, names) ->
            names.forEach(
                name -> {
                  try {
                    operator.runs().delete(operator.runs().file(name));
                  } catch (IOException e) {
                    LOG.debug("Cannot delete run {}. The sweep deletes it", name, e);
                  }
                }));
    written.clear();
  }
}
