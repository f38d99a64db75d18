package io.tidemark.delta.table;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The Delta tables that a connector can reach, by location. */
public interface Tables {

  /** The table at this location (a path or URI), or empty when there is none. */
  Optional<Table> open(String location) throws IOException;

  /**
   * Fails when a table of these properties does not take such columns. No I/O.
   *
   * @throws TidemarkException naming the column
   */
  void requireNames(String location, ColumnType.Struct columns, Map<String, String> properties);

  /**
   * Creates the table, or opens it when another writer was first; the caller then finds that
   * writer's schema.
   *
   * @param properties Delta table properties such as {@code delta.enableChangeDataFeed}
   */
  Table create(String location, TableSchema schema, Map<String, String> properties)
      throws IOException;
}
