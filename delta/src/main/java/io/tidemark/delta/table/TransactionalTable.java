package io.tidemark.delta.table;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the commit protocol needs from a table: its identity, the last transaction of a query, and
 * an append that is one atomic version. An {@link IOException} of {@link #append} means that the
 * outcome is unknown; asking {@link #lastTransaction} again decides it.
 */
public interface TransactionalTable {

  /** Location of the table, as configured. */
  String location();

  /** The table's own id (Delta's {@code metaData.id}): another one means another table. */
  String id() throws IOException;

  /**
   * Newest version that {@code appId} has committed by {@code txn}, as of the newest table version.
   */
  OptionalLong lastTransaction(String appId) throws IOException;

  /**
   * The newest version that is a batch of this query, as it tells itself: read from the newest
   * commit backwards, as far as there are commits in the log.
   */
  Optional<CommittedBatch> lastBatch(String appId) throws IOException;

  /**
   * What other queries than this one have left: for those with a transaction in the newest version
   * their newest batch, looked for from the newest commit backwards. Costs a read of the
   * transactions, and one per commit only while there is a query to be found.
   */
  OtherQueries otherQueries(String appId) throws IOException;

  /**
   * Commits all files of a batch as one table version under {@code txn(appId, batch)}, on top of
   * whatever other writers committed meanwhile.
   *
   * @return what became of it; see {@link AppendResult}
   */
  AppendResult append(Append append) throws IOException;

  /**
   * Does what became due with the appended versions: a table checkpoint, the checksum of a version
   * that has none, the removal of expired log files. Run it off the critical path; it may run
   * beside {@link #append}, and when it fails no commit is touched and the next call does the work.
   */
  void maintain() throws IOException;
}
