package io.tidemark.sink.file;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.sink.record.RecordErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How the rows of a table become files: which cells name the partition and which go into it. */
final class FileShape {

  private final List<Column> columns = new ArrayList<>();
  private final List<Column> partitionColumns = new ArrayList<>();
  private final int[] cells;
  private final int[] partitionCells;
  private final String written;
  private final Set<List<String>> statistics;

  /**
   * @param written the schema that the files declare that they were written for
   * @param statistics paths of the columns that are described, by physical names
   */
  FileShape(String location, TableSchema schema, String written, Set<List<String>> statistics) {
    this.written = written;
    this.statistics = statistics;
    List<Column> all = schema.columns().columns();
    partitionCells = new int[schema.partitionColumns().size()];
    for (int i = 0; i < partitionCells.length; i++) {
      partitionCells[i] = index(all, schema.partitionColumns().get(i));
      Column column = all.get(partitionCells[i]);
      if (!PartitionValues.accepts(column.type())) {
        throw RecordErrors.unpartitionable(location, column.name(), column.type());
      }
      partitionColumns.add(column);
    }
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!partitionColumns.contains(all.get(i))
          && !(all.get(i).type() instanceof ColumnType.Opaque)) {
        rest.add(i);
        columns.add(all.get(i));
      }
    }
    if (rest.isEmpty()) {
      throw RecordErrors.onlyPartitions(location);
    }
    cells = rest.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The schema for which the files are written. */
  String written() {
    return written;
  }

  /** Paths of the columns that statistics describe, by physical names. */
  Set<List<String>> statistics() {
    return statistics;
  }

  /** The columns inside the files. */
  List<Column> columns() {
    return columns;
  }

  /** For each of {@link #columns} its index in a row. */
  int[] cells() {
    return cells;
  }

  /** Whether two rows go to the same partition. */
  boolean isSamePartition(Object[] values, Object[] row) {
    for (int i = 0; i < partitionCells.length; i++) {
      if (!Objects.equals(values[i], row[partitionCells[i]])) {
        return false;
      }
    }
    return true;
  }

  /** The partition cells of a row. */
  Object[] partition(Object[] row) {
    return Arrays.stream(partitionCells).mapToObj(cell -> row[cell]).toArray();
  }

  /** The texts of partition cells, in the order of the partition columns. */
  List<String> texts(Object[] values) {
    List<String> texts = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      texts.add(PartitionValues.text(partitionColumns.get(i).type(), values[i]));
    }
    return texts;
  }

  /** Logical name to text. */
  Map<String, String> named(List<String> texts) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < partitionColumns.size(); i++) {
      named.put(partitionColumns.get(i).name(), texts.get(i));
    }
    return named;
  }

  /** The directory of a partition, relative to the table. */
  String directory(List<String> texts) {
    return PartitionValues.directory(partitionColumns, texts);
  }

  private static int index(List<Column> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("partition column " + name + " is not a column");
  }
}
