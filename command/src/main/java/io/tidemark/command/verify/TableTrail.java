package io.tidemark.command.verify;

import io.tidemark.delta.read.QueryLog;
import io.tidemark.delta.table.CommittedBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The batches of a query in the log of one table.
 *
 * @param batches in the order of versions
 * @param earliest the first version whose commit is in the log
 * @param newest the newest version
 * @param lastBatch the newest batch that the table has, even if its commit is no longer in the log
 */
public record TableTrail(
    String location,
    List<CommittedBatch> batches,
    long earliest,
    long newest,
    OptionalLong lastBatch) {

  public TableTrail {
    batches = List.copyOf(batches);
  }

  /**
   * Reads the whole log.
   *
   * @param from the first batch wanted
   */
  public static TableTrail read(QueryLog log, String queryId, long from) throws IOException {
    long earliest = log.earliestCommit();
    List<CommittedBatch> batches = new ArrayList<>();
    for (long version = earliest; version <= log.newest(); version++) {
      log.batch(version, queryId).filter(batch -> batch.batch() >= from).ifPresent(batches::add);
    }
    return new TableTrail(log.location(), batches, earliest, log.newest(), log.lastBatch(queryId));
  }
}
