package io.tidemark.delta.read;

import io.tidemark.delta.schema.TableSchema;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;

/** What a table is as of one version: how its rows are read. */
public interface TableState {

  long version();

  /** Delta's {@code metaData.id}. */
  String tableId();

  TableSchema schema();

  /**
   * Schema of the rows as Connect sees them: a struct, named after the table, the same instance for
   * all rows; equal for versions with equal columns.
   */
  Schema rowSchema();

  /**
   * The same with these columns only: what is read of rows in this state has no others.
   *
   * @param columns names of columns that there are
   */
  default TableState only(Set<String> columns) {
    throw new UnsupportedOperationException("columns cannot be left out: " + columns);
  }

  /** Whether {@code delta.enableChangeDataFeed} is on. */
  boolean changeFeedEnabled();
}
