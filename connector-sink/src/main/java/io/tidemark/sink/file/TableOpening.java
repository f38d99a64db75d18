package io.tidemark.sink.file;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.SchemaMerge;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import io.tidemark.sink.record.NullValues;
import io.tidemark.sink.record.PartitionField;
import io.tidemark.sink.record.RecordErrors;
import io.tidemark.sink.record.RecordOptions;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.record.WantedColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/** Opens the table of records, or creates it with the columns that its first records want. */
final class TableOpening {

  private final Tables tables;
  private final TableOptions options;
  private final WantedColumns wanted;
  private final List<String> partitionColumns;
  private final NullValues nullValues;

  private record Rejected(SinkRecord record, TidemarkException reason) {}

  TableOpening(Tables tables, TableOptions options, RecordOptions records) {
    this.tables = tables;
    this.options = options;
    this.wanted = new WantedColumns(records);
    this.partitionColumns = records.partitionBy().stream().map(PartitionField::column).toList();
    this.nullValues = records.nullValues();
  }

  /**
   * The table at this location; empty when there is none and none of the records can be written to
   * a new one. All records with a value are then rejected.
   */
  Optional<Table> open(String location, List<SinkRecord> records, Rejects rejects)
      throws IOException {
    Optional<Table> existing = tables.open(location);
    Optional<Table> table = existing.isPresent() ? existing : create(location, records, rejects);
    if (table.isPresent()) {
      check(location, table.get().schema().partitionColumns());
    }
    return table;
  }

  private Optional<Table> create(String location, List<SinkRecord> records, Rejects rejects)
      throws IOException {
    if (!options.autoCreate()) {
      throw RecordErrors.noTable(location);
    }
    Optional<TableSchema> schema = schema(location, records, rejects);
    return schema.isPresent()
        ? Optional.of(tables.create(location, schema.get(), options.properties()))
        : Optional.empty();
  }

  /** Creates the table for all records that fit together, or for the first one that fits. */
  private Optional<TableSchema> schema(String location, List<SinkRecord> records, Rejects rejects) {
    TableSchema nothing = new TableSchema(new ColumnType.Struct(List.of()), partitionColumns);
    WantedColumns.Names names =
        columns -> tables.requireNames(location, columns, options.properties());
    ColumnType.Struct common = wanted.common(nothing, records, names);
    if (!common.columns().isEmpty() && problem(location, common).isEmpty()) {
      return Optional.of(schema(common));
    }
    List<Rejected> rejected = new ArrayList<>();
    for (SinkRecord record : records) {
      Optional<TidemarkException> reason;
      try {
        ColumnType.Struct own = wanted.own(nothing, record, names);
        if (own.columns().isEmpty()) {
          reason = RecordErrors.withoutTable(record, location, nullValues);
        } else {
          reason = problem(location, own);
          if (reason.isEmpty()) {
            return Optional.of(schema(own));
          }
        }
      } catch (TidemarkException e) {
        reason = Optional.of(e);
      }
      reason.ifPresent(e -> rejected.add(new Rejected(record, e)));
    }
    // Not earlier: once there is a table, the other records are written to it or rejected.
    rejected.forEach(letter -> rejects.reject(letter.record, letter.reason));
    return Optional.empty();
  }

  private TableSchema schema(ColumnType.Struct values) {
    return new TableSchema(SchemaMerge.merged(values, wanted.filled()), partitionColumns);
  }

  /** Why no table can be created with columns for these values. */
  private Optional<TidemarkException> problem(String location, ColumnType.Struct values) {
    List<Column> columns = schema(values).columns().columns();
    for (String partition : partitionColumns) {
      Optional<Column> column =
          columns.stream().filter(any -> any.name().equalsIgnoreCase(partition)).findFirst();
      if (column.isEmpty()) {
        return Optional.of(RecordErrors.noPartitionColumn(location, partition));
      }
      if (!PartitionValues.accepts(column.get().type())) {
        return Optional.of(RecordErrors.unpartitionable(location, partition, column.get().type()));
      }
    }
    return columns.size() == partitionColumns.size()
        ? Optional.of(RecordErrors.onlyPartitions(location))
        : Optional.empty();
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
