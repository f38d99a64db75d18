package io.tidemark.sink.commit;

import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.CommitLog;
import io.tidemark.checkpoint.log.OffsetLog;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import io.tidemark.sink.audit.OffsetContinuity;
import io.tidemark.sink.file.DataFiles;
import io.tidemark.sink.segment.Limits;
import io.tidemark.sink.segment.SegmentErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finishes a planned batch: offset log, one version per table, commit log. A step may already have
 * been done, by this or by another driver. It is then skipped, provided that the result agrees with
 * the plan (invariant H).
 *
 * <p>A plan that cannot be carried out, because a file that it names is gone or no longer fits its
 * table, is void. The first of its tables decides that: the driver that first writes the
 * transaction of the batch to it either commits the batch or voids it, and every other driver finds
 * which. {@code voids/N} then has the stand-in for the plan.
 */
public final class BatchCommit {

  private static final SortedMap<String, String> NO_CONF = new TreeMap<>();
  private static final long UNKNOWN = -2;

  /** Ten minutes: nothing removes unreferenced files that are younger than this. */
  public static final long FRESH_MS = 600_000;

  private final CheckpointLocation checkpoint;
  private final QueryTables tables;
  private final FileCheck check;
  private final TableAppends appends;
  private final StandIns standIns;
  private final String queryId;
  private final OffsetContinuity audit;

  /** Spark's settings in the offset log entry {@link #settingsOf}, which the next entry repeats. */
  private SortedMap<String, String> settings = NO_CONF;

  private long settingsOf = UNKNOWN;

  /** Commits without an audit. */
  public BatchCommit(
      CheckpointLocation checkpoint, Tables tables, DataFiles dataFiles, String queryId) {
    this(checkpoint, tables, dataFiles, queryId, OffsetContinuity.off(), FRESH_MS);
  }

  /**
   * @param audit asked before each append whether the batch continues the table
   * @param freshMs data files that this driver's own task sealed less than this time ago are known
   *     to exist
   */
  public BatchCommit(
      CheckpointLocation checkpoint,
      Tables tables,
      DataFiles dataFiles,
      String queryId,
      OffsetContinuity audit,
      long freshMs) {
    this.checkpoint = checkpoint;
    this.tables = new QueryTables(tables, queryId);
    this.check = new FileCheck(this.tables, dataFiles, freshMs);
    this.appends = new TableAppends(checkpoint, this.tables, queryId, audit);
    this.standIns = new StandIns(checkpoint);
    this.queryId = queryId;
    this.audit = audit;
  }

  /**
   * Checks whether tables have exactly what earlier batches of this query wrote. Call it before the
   * plan is decided: afterwards the plan must be carried out, and its rows would follow missing
   * ones.
   *
   * @param all whether to check all tables ever written, not only those of the plan
   * @param limits where the batch has to end, if Spark has planned it
   * @throws io.tidemark.common.TidemarkException when a table is ahead of the checkpoint location
   */
  public Survey survey(Batch committed, Batch plan, boolean all, Limits limits) throws IOException {
    QueryTables.requireOneNameEach(plan);
    for (String location : plan.tables().keySet()) {
      boolean written = plan.writes().getOrDefault(location, -1L) == plan.number();
      Optional<Table> table =
          written
              ? tables.find(plan, location)
              : all ? tables.glance(plan, location) : Optional.empty();
      if (table.isEmpty()) {
        continue;
      }
      QueryTables.Standing standing = tables.standing(table.get(), committed, plan);
      long last = standing.last().orElse(-1);
      if (standing.relation() == QueryTables.Relation.LACKING) {
        return new Survey.Lacking(location, standing.last(), standing.expected().getAsLong());
      }
      if (standing.relation() == QueryTables.Relation.AHEAD
          && (limits.isNone() || last != limits.batch())) {
        if (checkpoint.batches().exists(committed.number() + 1)
            || checkpoint.commits().latest().orElse(-1) > committed.number()) {
          return new Survey.Overtaken();
        }
        throw CommitErrors.tableAhead(
            location, queryId, last, committed.number(), checkpoint.location());
      }
    }
    return new Survey.InOrder();
  }

  /**
   * The segments of a plan that its tables cannot take, because a file is missing or was written
   * for other columns. The tables are taken as the last survey saw them.
   *
   * @param task whose fresh files are known to exist; -1 for none
   */
  public UnfitSegments unfit(Batch plan, Collection<Segment> segments, int task, long nowMs)
      throws IOException {
    return check.unfit(plan, segments, task, nowMs);
  }

  /**
   * Finishes the batch.
   *
   * @param before the previous batch
   * @param known segments that need not be read again, by id
   * @return the plan, or its stand-in
   * @throws IOException when the outcome is unknown; the same call may be repeated
   */
  public Batch finish(Batch plan, Batch before, Map<SegmentId, Segment> known, Terms terms)
      throws IOException {
    if (before.isStandIn()) {
      standIns.restore(before, settings);
    }
    boolean isVoid = !announce(plan);
    Optional<List<Segment>> accepted = segments(plan, known);
    if (accepted.isEmpty()) {
      // Another driver has finished the batch and cleaned up.
      return checkpoint.plan(plan.number()).orElse(plan);
    }
    PlanExecution execution =
        new PlanExecution(
            plan, before, accepted.get(), terms, tables, check, appends, standIns, settings);
    if (execution.writesNothing()) {
      audit.begin(plan.number());
      return commit(plan);
    }
    if (isVoid) {
      return commit(execution.standIn());
    }
    audit.begin(plan.number());
    PlanExecution.Outcome outcome = execution.run();
    if (outcome == PlanExecution.Outcome.OVERTAKEN) {
      return checkpoint.plan(plan.number()).orElse(plan);
    }
    return commit(outcome == PlanExecution.Outcome.VOID ? execution.standIn() : plan);
  }

  /** Invariant D: the batch is done only after every table has it. */
  private Batch commit(Batch done) throws IOException {
    if (!checkpoint.commits().create(done.number(), CommitLog.Entry.of(done))) {
      throw CheckpointErrors.foreignEntry(
          checkpoint.commits().file(done.number()), checkpoint.batches().file(done.number()));
    }
    return done;
  }

  /**
   * Creates the offset log entry. An entry of Spark is accepted too if it has the same offsets:
   * Spark then planned the batch, and this plan was made to end there.
   *
   * @return false when another driver has found the plan void
   */
  private boolean announce(Batch plan) throws IOException {
    long number = plan.number();
    if (settingsOf != number - 1) {
      settings = checkpoint.offsets().read(number - 1).map(OffsetLog.Entry::conf).orElse(NO_CONF);
    }
    OffsetLog.Entry entry = OffsetLog.Entry.of(plan, settings);
    if (!checkpoint.offsets().create(number, entry)) {
      Optional<OffsetLog.Entry> found = checkpoint.offsets().read(number);
      if (found.isPresent()
          && !found.get().agreesWith(plan)
          && checkpoint.voids().read(number).filter(found.get()::agreesWith).isPresent()) {
        return false;
      }
      entry =
          found
              .filter(any -> any.agreesWith(plan))
              .orElseThrow(
                  () ->
                      CheckpointErrors.foreignEntry(
                          checkpoint.offsets().file(number), checkpoint.batches().file(number)));
    }
    settings = entry.conf();
    settingsOf = number;
    return true;
  }

  /** The accepted segments, or empty when another driver has finished the batch and cleaned up. */
  private Optional<List<Segment>> segments(Batch batch, Map<SegmentId, Segment> known)
      throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (SegmentId id : batch.accepted()) {
      Segment segment = known.get(id);
      if (segment == null) {
        Optional<Segment> read = checkpoint.segments().read(id);
        if (read.isEmpty()) {
          if (checkpoint.commits().latest().orElse(-1) >= batch.number()) {
            return Optional.empty();
          }
          throw SegmentErrors.missing(checkpoint.segments().file(id), batch.number());
        }
        segment = read.get();
      }
      segments.add(segment);
    }
    return Optional.of(segments);
  }

  /** The tables that this driver has written to. */
  public Collection<Table> openedTables() {
    return tables.opened();
  }
}
