package io.tidemark.delta.read;

import io.tidemark.delta.schema.TableSchema;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;

/** A table in one version: its schema, and how its rows are read. */
public interface TableState {

  long version();

  /** Delta's {@code metaData.id}. */
  String tableId();

  TableSchema schema();

  /**
   * Connect schema of the rows: a struct with the name of the table. All rows have the same
   * instance, and versions with equal columns have equal schemas.
   */
  Schema rowSchema();

  /**
   * The same state with these columns only: rows that are read with it have no others.
   *
   * @param columns names of existing columns
   */
  default TableState only(Set<String> columns) {
    throw new UnsupportedOperationException("columns cannot be left out: " + columns);
  }

  /** Whether {@code delta.enableChangeDataFeed} is on. */
  boolean changeFeedEnabled();
}
