package io.tidemark.sink.fake;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tables in memory. */
public final class MemoryTables implements Tables {

  private final Map<String, MemoryTable> tables = new TreeMap<>();
  private final Faults faults;

  public MemoryTables(Faults faults) {
    this.faults = faults;
  }

  @Override
  public Optional<Table> open(String location) {
    return Optional.ofNullable(tables.get(location));
  }

  @Override
  public void requireNames(
      String location, ColumnType.Struct columns, Map<String, String> properties) {
    // Any name will do.
  }

  @Override
  public Table create(String location, TableSchema schema, Map<String, String> properties) {
    return add(location, "id-of-" + location);
  }

  /** Puts a new, empty table at this location, in place of what was there. */
  public MemoryTable add(String location, String id) {
    MemoryTable table = new MemoryTable(location, id, faults);
    tables.put(location, table);
    return table;
  }

  /** Removes the table. */
  public void drop(String location) {
    tables.remove(location);
  }

  /** The table, which must exist. */
  public MemoryTable table(String location) {
    return tables.get(location);
  }
}
