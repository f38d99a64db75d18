package io.tidemark.delta.schema;

import java.util.List;

/**
 * The columns of a table and which of them partition it.
 *
 * @param columns all columns in order, partition columns included
 * @param partitionColumns logical names of the partition columns, in order
 */
public record TableSchema(ColumnType.Struct columns, List<String> partitionColumns) {

  public TableSchema {
    partitionColumns = List.copyOf(partitionColumns);
  }

  /** Whether a column partitions the table; names match ignoring case. */
  public boolean isPartitionColumn(String column) {
    return partitionColumns.stream().anyMatch(column::equalsIgnoreCase);
  }
}
