package io.tidemark.sink.file;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.SchemaMerge;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import io.tidemark.sink.record.PartitionField;
import io.tidemark.sink.record.RecordErrors;
import io.tidemark.sink.record.RecordOptions;
import io.tidemark.sink.record.WantedColumns;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/** Opens the table of records, or creates it with the columns that its first records want. */
final class TableOpening {

  private final Tables tables;
  private final TableOptions options;
  private final WantedColumns wanted;
  private final List<String> partitionColumns;

  TableOpening(Tables tables, TableOptions options, RecordOptions records) {
    this.tables = tables;
    this.options = options;
    this.wanted = new WantedColumns(records);
    this.partitionColumns = records.partitionBy().stream().map(PartitionField::column).toList();
  }

  /**
   * The table at this location; empty when there is none and the records show no column to create
   * it with.
   */
  Optional<Table> open(String location, List<SinkRecord> records) throws IOException {
    Optional<Table> existing = tables.open(location);
    Optional<Table> table = existing.isPresent() ? existing : create(location, records);
    if (table.isPresent()) {
      check(location, table.get().schema().partitionColumns());
    }
    return table;
  }

  private Optional<Table> create(String location, List<SinkRecord> records) throws IOException {
    if (!options.autoCreate()) {
      throw RecordErrors.noTable(location);
    }
    ColumnType.Struct values = wanted.missing(new ColumnType.Struct(List.of()), records);
    if (values.columns().isEmpty()) {
      return Optional.empty();
    }
    ColumnType.Struct columns = SchemaMerge.merged(values, wanted.filled());
    for (String partition : partitionColumns) {
      Column column =
          columns.columns().stream()
              .filter(any -> any.name().equalsIgnoreCase(partition))
              .findFirst()
              .orElseThrow(() -> RecordErrors.noPartitionColumn(location, partition));
      if (!PartitionValues.accepts(column.type())) {
        throw RecordErrors.unpartitionable(location, partition, column.type());
      }
    }
    if (columns.columns().size() == partitionColumns.size()) {
      throw RecordErrors.onlyPartitions(location);
    }
    return Optional.of(
        tables.create(location, new TableSchema(columns, partitionColumns), options.properties()));
  }

  private void check(String location, List<String> found) {
    boolean same =
        found.size() == partitionColumns.size()
            && String.join("\n", found).equalsIgnoreCase(String.join("\n", partitionColumns));
    if (!partitionColumns.isEmpty() && !same) {
      throw RecordErrors.otherPartitions(location, found, partitionColumns);
    }
  }
}
