package io.tidemark.sink.record;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.value.ValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.connect.sink.SinkRecord;

/** The cells that the connector fills: metadata, and parts of timestamps to partition by. */
final class FilledCells {

  private final ColumnType.Struct table;
  private final List<Metadata> metadata = new ArrayList<>();
  private final List<Derived> derived = new ArrayList<>();

  private record Metadata(MetadataColumn column, int cell) {}

  private record Derived(PartitionField field, int source, int cell) {}

  FilledCells(ColumnType.Struct table, RecordOptions options) {
    this.table = table;
    for (MetadataColumn column : options.metadataColumns()) {
      metadata.add(new Metadata(column, cell(column.column())));
    }
    for (PartitionField field : options.partitionBy()) {
      if (field.isDerived()) {
        int source = index(field.source());
        ColumnType type = source < 0 ? null : table.columns().get(source).type();
        if (type == null || !field.accepts(type)) {
          throw RecordErrors.notDerivable(field, type);
        }
        derived.add(new Derived(field, source, cell(field.derivedColumn())));
      }
    }
  }

  /** The columns of these cells. */
  List<Column> columns() {
    return IntStream.concat(
            metadata.stream().mapToInt(Metadata::cell), derived.stream().mapToInt(Derived::cell))
        .mapToObj(cell -> table.columns().get(cell))
        .toList();
  }

  /** The cells of all other columns of the table, in order. */
  int[] others() {
    List<Column> mine = columns();
    return IntStream.range(0, table.columns().size())
        .filter(cell -> !mine.contains(table.columns().get(cell)))
        .toArray();
  }

  /** Fills the cells of a row whose other cells are set. */
  void fill(SinkRecord record, Object[] row) {
    for (Metadata cell : metadata) {
      set(row, cell.cell, cell.column.value(record));
    }
    for (Derived cell : derived) {
      set(row, cell.cell, cell.field.value(row[cell.source]));
    }
  }

  private void set(Object[] row, int cell, Object value) {
    Column column = table.columns().get(cell);
    if (value == null && !column.nullable()) {
      throw new ValueException(column.name(), "the column is NOT NULL, and there is no value");
    }
    row[cell] = value;
  }

  private int cell(Column wanted) {
    int index = index(wanted.name());
    ColumnType found = index < 0 ? null : table.columns().get(index).type();
    if (!wanted.type().equals(found)) {
      throw RecordErrors.foreignColumn(wanted.name(), found, wanted.type());
    }
    return index;
  }

  private int index(String name) {
    return IntStream.range(0, table.columns().size())
        .filter(i -> table.columns().get(i).name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(-1);
  }
}
