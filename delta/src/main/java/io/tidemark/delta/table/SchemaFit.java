package io.tidemark.delta.table;

import static io.tidemark.delta.table.KernelSchemas.join;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether data files that were written for one schema still fit a later one of the same table: all
 * their columns are there with name, type and physical name, in the same partitioning, and what was
 * added may be null. Pure.
 */
final class SchemaFit {

  private final String location;
  private final long version;

  /**
   * @param version the table version of the later schema, for errors
   */
  SchemaFit(String location, long version) {
    this.location = location;
    this.version = version;
  }

  /** Fails when files for {@code written} do not fit {@code now}. */
  void require(TableSchema written, TableSchema now) {
    if (!written.partitionColumns().equals(now.partitionColumns())) {
      throw TableErrors.partitioningChanged(
          location, version, written.partitionColumns(), now.partitionColumns());
    }
    require("", written.columns(), now.columns());
  }

  private void require(String path, ColumnType.Struct written, ColumnType.Struct now) {
    Map<String, Column> remaining =
        now.columns().stream().collect(Collectors.toMap(Column::name, Function.identity()));
    for (Column before : written.columns()) {
      String columnPath = join(path, before.name());
      Column after = remaining.remove(before.name());
      if (after == null) {
        throw changed(columnPath, "was dropped or renamed");
      }
      if (!before.physicalName().equals(after.physicalName())) {
        throw changed(columnPath, "was dropped and added again");
      }
      if (before.nullable() && !after.nullable()) {
        throw changed(columnPath, "was made NOT NULL");
      }
      require(columnPath, before.type(), after.type());
    }
    for (Column added : remaining.values()) {
      if (!added.nullable()) {
        throw changed(join(path, added.name()), "was added as NOT NULL");
      }
    }
  }

  private void require(String path, ColumnType written, ColumnType now) {
    if (written instanceof ColumnType.Struct before && now instanceof ColumnType.Struct after) {
      require(path, before, after);
    } else if (written instanceof ColumnType.Array before
        && now instanceof ColumnType.Array after
        && before.containsNull() == after.containsNull()) {
      require(path + ".element", before.element(), after.element());
    } else if (written instanceof ColumnType.Map before
        && now instanceof ColumnType.Map after
        && before.valueContainsNull() == after.valueContainsNull()) {
      require(path + ".key", before.key(), after.key());
      require(path + ".value", before.value(), after.value());
    } else if (!written.equals(now)) {
      throw changed(path, "was changed from " + written + " to " + now);
    }
  }

  private RuntimeException changed(String column, String how) {
    return TableErrors.schemaChanged(location, version, column, how);
  }
}
