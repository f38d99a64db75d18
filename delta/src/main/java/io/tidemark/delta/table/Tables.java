package io.tidemark.delta.table;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Opens and creates the Delta tables of a connector, by location. */
public interface Tables {

  /** The table at this location (a path or URI); empty when there is none. */
  Optional<Table> open(String location) throws IOException;

  /**
   * Fails when a table with these properties does not accept the names of the columns. No I/O.
   *
   * @throws TidemarkException naming the column
   */
  void requireNames(String location, ColumnType.Struct columns, Map<String, String> properties);

  /**
   * Creates the table. If another writer has created it first, opens it; the table then has the
   * schema of that writer.
   *
   * @param properties Delta table properties such as {@code delta.enableChangeDataFeed}
   */
  Table create(String location, TableSchema schema, Map<String, String> properties)
      throws IOException;
}
