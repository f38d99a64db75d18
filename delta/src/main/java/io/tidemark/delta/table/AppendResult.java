package io.tidemark.delta.table;

import io.tidemark.common.TidemarkException;
import java.util.Optional;
import java.util.OptionalLong;

/** The result of an {@link Append}. */
public sealed interface AppendResult {

  /** This call made table version {@code version}. */
  record Committed(long version) implements AppendResult {}

  /**
   * Nothing was written: the newest batch of the query in the table is not the expected one.
   *
   * @param last the newest known batch of the query in the table; empty for none
   * @param found the version of that batch, read from its commit; empty when the log does not have
   *     the commit any more
   * @param certain false when the table may have a batch that was not found: a table checkpoint
   *     drops old transactions ({@code delta.setTransactionRetentionDuration}), and the log does
   *     not reach back to the time at which the batch was planned
   */
  record Unexpected(OptionalLong last, Optional<CommittedBatch> found, boolean certain)
      implements AppendResult {}

  /**
   * Nothing was written: some of the files were written for columns that the table does not have
   * any more.
   *
   * @param why names the column and its change
   */
  record Unfit(TidemarkException why) implements AppendResult {}
}
