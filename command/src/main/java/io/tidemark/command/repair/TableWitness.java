package io.tidemark.command.repair;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.PlanMark;
import io.tidemark.command.location.LocationScan;
import io.tidemark.delta.read.QueryLog;
import io.tidemark.delta.read.QueryLogs;
import io.tidemark.delta.table.CommittedBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The batches of a query according to its tables, for cases in which the location alone is not
 * reliable.
 */
final class TableWitness {

  private final LocationScan scan;
  private final QueryLogs logs;
  private List<QueryLog> opened;

  TableWitness(LocationScan scan, QueryLogs logs) {
    this.scan = scan;
    this.logs = logs;
  }

  /** A table that has a batch, or a later one. */
  Optional<String> with(long number) throws IOException {
    for (QueryLog log : tables()) {
      if (log.lastBatch(scan.queryId()).orElse(-1) >= number) {
        return Optional.of(log.location());
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a plan is the one that was carried out for its batch, or may still be carried out. It
   * is not if a table has a version of the batch that declares the plan void, or that carries
   * another mark or none, such as Spark's.
   *
   * @param done whether the batch is committed
   */
  boolean proves(Batch plan, boolean done) throws IOException {
    String mark = PlanMark.of(plan).text();
    boolean proven = false;
    for (QueryLog log : tables()) {
      Optional<CommittedBatch> version = version(log, plan.number());
      if (version.isPresent()
          && (version.get().isVoid() || !version.get().plan().equals(Optional.of(mark)))) {
        return false;
      }
      proven |= version.isPresent();
    }
    boolean writes = plan.writes().containsValue(plan.number());
    return proven || ((!done || !writes) && with(plan.number()).isEmpty());
  }

  private Optional<CommittedBatch> version(QueryLog log, long number) throws IOException {
    for (long version = log.newest(); version >= log.earliestCommit(); version--) {
      Optional<CommittedBatch> batch = log.batch(version, scan.queryId());
      if (batch.isPresent() && batch.get().batch() <= number) {
        return batch.filter(found -> found.batch() == number);
      }
    }
    return Optional.empty();
  }

  private List<QueryLog> tables() throws IOException {
    if (opened == null) {
      Set<String> locations = new TreeSet<>(scan.committed().tables().keySet());
      scan.newestPlan().ifPresent(plan -> locations.addAll(plan.tables().keySet()));
      scan.segments().values().forEach(segment -> locations.addAll(segment.tables().keySet()));
      scan.sessionTables().values().forEach(locations::addAll);
      locations.addAll(scan.attempts().values());
      List<QueryLog> found = new ArrayList<>();
      for (String location : locations) {
        logs.open(location).ifPresent(found::add);
      }
      opened = found;
    }
    return opened;
  }
}
