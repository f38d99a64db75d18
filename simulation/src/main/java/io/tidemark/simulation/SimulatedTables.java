package io.tidemark.simulation;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.AppendResult;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.delta.table.OtherQueries;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The tables as one actor reaches them: optimistic, with a look at the log before each attempt. */
final class SimulatedTables implements Tables {

  private final Io io;
  private final Lakehouse lakehouse;

  SimulatedTables(Io io, Lakehouse lakehouse) {
    this.io = io;
    this.lakehouse = lakehouse;
  }

  @Override
  public Optional<Table> open(String location) throws IOException {
    return io.run(
        () -> "open " + location,
        () -> Optional.ofNullable(lakehouse.table(location)).map(Handle::new));
  }

  @Override
  public Table create(String location, TableSchema schema, Map<String, String> properties) {
    throw new UnsupportedOperationException("simulated tables are there from the start");
  }

  private final class Handle implements Table {

    private final TableVersions table;

    Handle(TableVersions table) {
      this.table = table;
    }

    @Override
    public String toString() {
      return location();
    }

    @Override
    public String location() {
      return table.location();
    }

    @Override
    public String id() {
      return table.id();
    }

    @Override
    public OptionalLong lastTransaction(String appId) throws IOException {
      return io.run(() -> "read txn of " + location(), () -> table.transaction(appId));
    }

    @Override
    public Optional<CommittedBatch> lastBatch(String appId) throws IOException {
      return io.run(() -> "read last batch of " + location(), () -> table.lastBatch(appId));
    }

    @Override
    public OtherQueries otherQueries(String appId) {
      return OtherQueries.NONE;
    }

    @Override
    public AppendResult append(Append append) throws IOException {
      int version = io.run(() -> "read version of " + location(), table::size);
      while (true) {
        OptionalLong last = lastTransaction(append.appId());
        if (last.isPresent() && last.getAsLong() >= append.batch()) {
          return new AppendResult.AlreadyCommitted(last.getAsLong());
        }
        int base = version;
        int taken =
            io.request(
                () -> "commit batch %d to %s".formatted(append.batch(), location()),
                () -> commit(base, append));
        if (taken == base) {
          return new AppendResult.Committed(base);
        }
        version = taken;
      }
    }

    /** Takes version {@code base}, or tells which one is next. */
    private int commit(int base, Append append) throws IOException {
      if (table.size() > base) {
        if (table.schemaChangedSince(base)) {
          throw new IOException("the schema of " + location() + " changed");
        }
        return table.size();
      }
      lakehouse.commit(table, new TableVersions.Version.Ours(append));
      return base;
    }

    @Override
    public void maintain() throws IOException {
      io.run(() -> "maintain " + location(), () -> "");
    }

    @Override
    public TableSchema schema() {
      return new TableSchema(new ColumnType.Struct(List.of()), List.of());
    }

    @Override
    public TableSchema refresh() {
      return schema();
    }

    @Override
    public TableSchema evolve(ColumnType.Struct wanted) {
      return schema();
    }
  }
}
