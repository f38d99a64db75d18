package io.tidemark.delta.table;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the commit protocol needs from a table: its identity, the last batch of a query, and an
 * append that is one atomic version. An {@link IOException} of {@link #append} means that the
 * outcome is unknown; the same append again decides it.
 */
public interface TransactionalTable {

  /** Location of the table, as configured. */
  String location();

  /** The table's own id (Delta's {@code metaData.id}): another one means another table. */
  String id() throws IOException;

  /**
   * Newest version that {@code appId} has committed by {@code txn}, as of the newest table version.
   * A table checkpoint may have dropped it; {@link #lastBatch} tells then.
   */
  OptionalLong lastTransaction(String appId) throws IOException;

  /**
   * The newest version that is a batch of this query, as it tells itself: read from the newest
   * commit backwards, as far as there are commits in the log. Where the query has never written
   * that is the whole log.
   */
  default Optional<CommittedBatch> lastBatch(String appId) throws IOException {
    return lastBatch(appId, Long.MIN_VALUE);
  }

  /**
   * The same, of commits that are not older.
   *
   * @param sinceMs epoch milliseconds
   */
  Optional<CommittedBatch> lastBatch(String appId, long sinceMs) throws IOException;

  /** The newest batch of this query, also when a table checkpoint has dropped its transaction. */
  default OptionalLong newestBatch(String appId, long sinceMs) throws IOException {
    OptionalLong last = lastTransaction(appId);
    if (last.isPresent()) {
      return last;
    }
    Optional<CommittedBatch> found = lastBatch(appId, sinceMs);
    return found.isPresent() ? OptionalLong.of(found.get().batch()) : last;
  }

  /**
   * What other queries than this one have left: for those with a transaction in the newest version
   * their newest batch, looked for from the newest commit backwards. Costs a read of the
   * transactions, and one per commit only while there is a query to be found.
   */
  OtherQueries otherQueries(String appId) throws IOException;

  /**
   * Commits all files of a batch as one table version under {@code txn(appId, batch)}, on top of
   * whatever other writers committed meanwhile; if the newest batch of the query is the expected
   * one, and the files fit the columns that the table has by now.
   *
   * @return what became of it; see {@link AppendResult}
   */
  AppendResult append(Append append) throws IOException;

  /**
   * Those of these data files that a version of the table names, as far as its log tells: the
   * newest version, or any commit that is still there and not older than the files. Names are
   * unique, so that it does not matter in which way a version spells the path. Costs a walk through
   * commits, and one through all files of the newest version: ask only before something is deleted.
   *
   * @param paths relative to the table, not URL-encoded
   * @param sinceMs when the oldest of them was written, epoch milliseconds
   */
  Set<String> named(Set<String> paths, long sinceMs) throws IOException;

  /**
   * Does what became due with the appended versions: a table checkpoint, the checksum of a version
   * that has none, the removal of expired log files. Run it off the critical path; it may run
   * beside {@link #append}, and when it fails no commit is touched and the next call does the work.
   */
  void maintain() throws IOException;
}
