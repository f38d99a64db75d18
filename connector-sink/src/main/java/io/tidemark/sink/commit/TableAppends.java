package io.tidemark.sink.commit;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.PastResets;
import io.tidemark.checkpoint.log.PlanMark;
import io.tidemark.common.DataFile;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.AppendResult;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.delta.table.Table;
import io.tidemark.sink.audit.NamedQuery;
import io.tidemark.sink.audit.NamedResets;
import io.tidemark.sink.audit.OffsetContinuity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits plans to tables, as one version of each. A batch that a table already has is compared
 * with the plan, because equal numbers prove nothing (invariant H).
 */
final class TableAppends {

  private static final Logger LOG = LoggerFactory.getLogger(TableAppends.class);

  /** Largest number of tables that the log line names; more are only counted. */
  private static final int NAMED_TABLES = 5;

  private final CheckpointLocation checkpoint;
  private final QueryTables tables;
  private final String queryId;
  private final OffsetContinuity audit;

  /** By location, the resets that versions of this driver have named there: once is enough. */
  private final Map<String, PastResets> reset = new HashMap<>();

  /** Versions of tables that have the present batch, for the log line. */
  private final List<String> report = new ArrayList<>();

  TableAppends(
      CheckpointLocation checkpoint, QueryTables tables, String queryId, OffsetContinuity audit) {
    this.checkpoint = checkpoint;
    this.tables = tables;
    this.queryId = queryId;
    this.audit = audit;
  }

  /**
   * Commits the files of a plan that are for one table.
   *
   * @param before the previous batch
   * @param offsets of the whole batch
   */
  TableStep append(
      Batch plan,
      Batch before,
      Table table,
      List<DataFile> files,
      SortedMap<TopicPartition, OffsetRange> offsets,
      boolean fresh)
      throws IOException {
    PastResets resets = plan.continuity().pastResets();
    audit.before(table, plan.number(), offsets, resets);
    PastResets recorded = reset.getOrDefault(table.location(), PastResets.NONE);
    PastResets added = resets.of(offsets.keySet(), recorded);
    Map<String, String> tags = new TreeMap<>(NamedResets.tags(added));
    OptionalLong expected = expected(plan, before, table);
    AppendResult result = commit(plan, table, expected, files, texts(offsets), tags, fresh);
    TableStep step = step(plan, table, expected, result);
    if (step == TableStep.DONE) {
      reset.put(table.location(), recorded.overlaid(added));
      audit.after(table, plan.number(), offsets);
      String what =
          result instanceof AppendResult.Committed committed
              ? "version " + committed.version() + " of " + table.location()
              : table.location() + ", which has it already";
      LOG.debug("Committed batch {} as {}", plan.number(), what);
      report.add(what);
    }
    return step;
  }

  /** Call this before the first table of a batch. */
  void begin() {
    report.clear();
  }

  /** Logs in one line to which tables the batch was committed. */
  void report(Batch plan, Collection<List<DataFile>> files) {
    LOG.info(
        "Committed batch {} {}: {} files, {} rows",
        plan.number(),
        report.size() > NAMED_TABLES
            ? "as versions of " + report.size() + " tables"
            : report.isEmpty() ? "without a new version" : "as " + String.join(", ", report),
        files.stream().mapToInt(List::size).sum(),
        files.stream().flatMap(List::stream).mapToLong(DataFile::rows).sum());
  }

  /** Takes the transaction of a plan, so that no driver can carry it out any more. */
  TableStep voids(Batch plan, Batch before, Table table) throws IOException {
    Map<String, String> tags = new TreeMap<>();
    tags.put(CommittedBatch.VOID_TAG, "true");
    OptionalLong last = below(plan, tables.standing(table, before, plan));
    AppendResult result = commit(plan, table, last, List.of(), Map.of(), tags, false);
    return result instanceof AppendResult.Committed
        ? TableStep.VOID
        : step(plan, table, last, result);
  }

  private AppendResult commit(
      Batch plan,
      Table table,
      OptionalLong expected,
      List<DataFile> files,
      Map<String, String> offsets,
      Map<String, String> tags,
      boolean fresh)
      throws IOException {
    tags.put(CommittedBatch.PLAN_TAG, PlanMark.of(plan).text());
    tags.putAll(NamedQuery.tags(plan));
    // A first batch expects no transaction, and a table that has dropped it has none either.
    boolean searches = !fresh || expected.isEmpty();
    return table.append(
        new Append(
            queryId,
            plan.number(),
            expected,
            searches ? OptionalLong.of(plan.timestampMs()) : OptionalLong.empty(),
            files,
            offsets,
            tags));
  }

  /**
   * The batch that must be the last one in a table, from the plans or else from the table itself.
   */
  private OptionalLong expected(Batch plan, Batch before, Table table) throws IOException {
    Long written = before.writes().get(table.location());
    if (written != null) {
      return OptionalLong.of(written);
    }
    QueryTables.Standing standing = tables.standing(table, before, plan);
    return standing.relation() == QueryTables.Relation.SAME
        ? below(plan, standing)
        : OptionalLong.empty();
  }

  private static OptionalLong below(Batch plan, QueryTables.Standing standing) {
    return standing.last().orElse(-1) < plan.number() ? standing.last() : OptionalLong.empty();
  }

  private TableStep step(Batch plan, Table table, OptionalLong expected, AppendResult result)
      throws IOException {
    if (result instanceof AppendResult.Committed) {
      return TableStep.DONE;
    }
    if (result instanceof AppendResult.Unfit) {
      return TableStep.UNFIT;
    }
    AppendResult.Unexpected unexpected = (AppendResult.Unexpected) result;
    long last = unexpected.last().orElse(-1);
    if (last == plan.number() && unexpected.found().isPresent()) {
      return judge(plan, table, unexpected.found().get());
    }
    if (last > plan.number()) {
      if (checkpoint.commits().latest().orElse(-1) < plan.number()) {
        throw CommitErrors.tableAhead(
            table.location(), queryId, last, plan.number() - 1, checkpoint.location());
      }
      return TableStep.OVERTAKEN;
    }
    if (last == plan.number() || !unexpected.certain()) {
      throw CommitErrors.cannotTell(table.location(), plan.number(), unexpected.last());
    }
    if (last > expected.orElse(-1)) {
      throw CommitErrors.tableAhead(
          table.location(), queryId, last, plan.number() - 1, checkpoint.location());
    }
    return TableStep.LACKING;
  }

  /** The meaning of a version that has the transaction of the plan. */
  private TableStep judge(Batch plan, Table table, CommittedBatch found) {
    String mark = PlanMark.of(plan).text();
    if (found.plan().filter(mark::equals).isPresent()) {
      return found.isVoid() ? TableStep.VOID : TableStep.DONE;
    }
    if (found.plan().isEmpty()) {
      // Spark's. The offset log entry agrees with the plan, so these are the same records.
      return TableStep.DONE;
    }
    throw CommitErrors.otherPlan(table.location(), found, mark, checkpoint.location());
  }

  private static Map<String, String> texts(SortedMap<TopicPartition, OffsetRange> ranges) {
    Map<String, String> texts = new TreeMap<>();
    ranges.forEach((partition, range) -> texts.put(partition.toString(), range.toString()));
    return texts;
  }
}
