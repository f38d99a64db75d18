package io.tidemark.delta.table;

import io.tidemark.common.TidemarkException;
import java.util.Optional;
import java.util.OptionalLong;

/** What became of an {@link Append}. */
public sealed interface AppendResult {

  /** This call made table version {@code version}. */
  record Committed(long version) implements AppendResult {}

  /**
   * Nothing was written: the newest batch of the query in the table is not the expected one.
   *
   * @param last the newest batch of the query that the table knows of, empty for none
   * @param found its version, as it tells itself; empty when its commit has left the log
   * @param certain false when there may be a batch that neither a transaction nor the log tells of:
   *     a table checkpoint drops transactions ({@code delta.setTransactionRetentionDuration}), and
   *     the log does not go back to when the batch was planned
   */
  record Unexpected(OptionalLong last, Optional<CommittedBatch> found, boolean certain)
      implements AppendResult {}

  /**
   * Nothing was written: some of the files were written for columns that the table has no more.
   *
   * @param why which column, and how it was changed
   */
  record Unfit(TidemarkException why) implements AppendResult {}
}
