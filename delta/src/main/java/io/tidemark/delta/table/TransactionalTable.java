package io.tidemark.delta.table;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the commit protocol needs from a table: its id, the last batch of a query, and an append
 * that makes one atomic version. When {@link #append} throws an {@link IOException}, its outcome is
 * unknown; calling it again with the same batch decides it.
 */
public interface TransactionalTable {

  /** Location of the table, as configured. */
  String location();

  /** Delta's {@code metaData.id}: another id means another table. */
  String id() throws IOException;

  /**
   * The {@code txn.version} of {@code appId} in the newest table version. A table checkpoint may
   * have dropped it; {@link #lastBatch} then finds the batch.
   */
  OptionalLong lastTransaction(String appId) throws IOException;

  /**
   * The newest version that is a batch of this query. Reads the commits from the newest one
   * backwards, as far as the log has them. If the query has never written to the table, this reads
   * the whole log.
   */
  default Optional<CommittedBatch> lastBatch(String appId) throws IOException {
    return lastBatch(appId, Long.MIN_VALUE);
  }

  /**
   * The same, without older commits.
   *
   * @param sinceMs epoch milliseconds; commits before this time are not read
   */
  Optional<CommittedBatch> lastBatch(String appId, long sinceMs) throws IOException;

  /** The newest batch of this query, even if a table checkpoint has dropped its transaction. */
  default OptionalLong newestBatch(String appId, long sinceMs) throws IOException {
    OptionalLong last = lastTransaction(appId);
    if (last.isPresent()) {
      return last;
    }
    Optional<CommittedBatch> found = lastBatch(appId, sinceMs);
    return found.isPresent() ? OptionalLong.of(found.get().batch()) : last;
  }

  /**
   * The batches of other queries: for each query with a transaction in the newest version, its
   * newest batch, searched from the newest commit backwards. Reads the transactions once, and reads
   * commits only until all queries are found.
   */
  OtherQueries otherQueries(String appId) throws IOException;

  /**
   * Commits all files of a batch as one table version with {@code txn(appId, batch)}, on top of the
   * commits of other writers. It commits only if the newest batch of the query is the expected one,
   * and if the files fit the current columns of the table.
   *
   * @return the result; see {@link AppendResult}
   */
  AppendResult append(Append append) throws IOException;

  /**
   * Those of the data files that the newest version names, or any commit that is in the log and not
   * older than the files. File names are unique, so the rest of the path is not compared. Reads
   * commits and all files of the newest version; call it only before files are deleted.
   *
   * @param paths relative to the table, not URL-encoded
   * @param sinceMs when the oldest of the files was written, epoch milliseconds
   */
  Set<String> named(Set<String> paths, long sinceMs) throws IOException;

  /**
   * Does the maintenance that the appended versions made due: writes a table checkpoint, writes a
   * missing checksum, removes expired log files. It is not urgent and may run at the same time as
   * {@link #append}. A failure does not affect commits, and the next call does the work.
   */
  void maintain() throws IOException;
}
