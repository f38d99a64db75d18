package io.tidemark.sink.file;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.SchemaMerge;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.AppendResult;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.delta.table.OtherQueries;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Tables that only have a schema, and count how often it changed. */
final class MemoryTables implements Tables {

  final Map<String, MemoryTable> tables = new LinkedHashMap<>();

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
    return tables.computeIfAbsent(location, any -> new MemoryTable(location, schema));
  }

  static final class MemoryTable implements Table {

    private final String location;
    TableSchema schema;
    int evolutions;

    MemoryTable(String location, TableSchema schema) {
      this.location = location;
      this.schema = schema;
    }

    @Override
    public String location() {
      return location;
    }

    @Override
    public String id() {
      return "id of " + location;
    }

    @Override
    public TableSchema schema() {
      return schema;
    }

    @Override
    public TableSchema refresh() {
      return schema;
    }

    @Override
    public void requireNames(ColumnType.Struct missing) {
      // Any name will do.
    }

    @Override
    public TableSchema evolve(ColumnType.Struct wanted) {
      ColumnType.Struct merged = SchemaMerge.merged(schema.columns(), wanted);
      if (!merged.equals(schema.columns())) {
        evolutions++;
        schema = new TableSchema(merged, schema.partitionColumns());
      }
      return schema;
    }

    @Override
    public String writtenSchema() {
      return schema.toString();
    }

    @Override
    public Optional<TidemarkException> misfit(String written) {
      return Optional.empty();
    }

    @Override
    public OptionalLong lastTransaction(String appId) {
      return OptionalLong.empty();
    }

    @Override
    public Optional<CommittedBatch> lastBatch(String appId, long sinceMs) {
      return Optional.empty();
    }

    @Override
    public OtherQueries otherQueries(String appId) {
      return OtherQueries.NONE;
    }

    @Override
    public AppendResult append(Append append) {
      throw new UnsupportedOperationException("tables in memory take no files");
    }

    @Override
    public Set<String> named(Set<String> paths, long sinceMs) {
      return Set.of();
    }

    @Override
    public void maintain() {}
  }
}
