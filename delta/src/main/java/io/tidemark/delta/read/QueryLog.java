package io.tidemark.delta.read;

import io.tidemark.delta.table.CommittedBatch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The log of a table as those read it who ask what a query has committed. */
public interface QueryLog {

  /** Where the table is, as it was opened. */
  String location();

  /** Delta's {@code metaData.id}. */
  String tableId();

  /** Names of the columns. */
  List<String> columns() throws IOException;

  /** The newest version when it was opened. */
  long newest();

  /** The earliest version whose commit is in the log. */
  long earliestCommit() throws IOException;

  /** The newest batch of a query that the table has, whether its commit is in the log or not. */
  OptionalLong lastBatch(String queryId) throws IOException;

  /**
   * The batch of a query that a version is; empty when it is none, or when its commit is not in the
   * log.
   */
  Optional<CommittedBatch> batch(long version, String queryId) throws IOException;

  /** The same of whatever query it is; the first of several. */
  Optional<CommittedBatch> batch(long version) throws IOException;
}
