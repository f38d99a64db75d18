package io.tidemark.delta.read;

import io.tidemark.delta.table.CommittedBatch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The log of a table, read to find out what a query has committed. */
public interface QueryLog {

  /** The location with which the table was opened. */
  String location();

  /** Delta's {@code metaData.id}. */
  String tableId();

  /** Names of the columns. */
  List<String> columns() throws IOException;

  /** The newest version when it was opened. */
  long newest();

  /** The earliest version whose commit is in the log. */
  long earliestCommit() throws IOException;

  /** The newest batch of a query in the table, even if the log does not have its commit. */
  OptionalLong lastBatch(String queryId) throws IOException;

  /** The batch of a query in a version; empty when it has none, or when its commit is gone. */
  Optional<CommittedBatch> batch(long version, String queryId) throws IOException;

  /** The same for any query; the first batch when the version has several. */
  Optional<CommittedBatch> batch(long version) throws IOException;
}
