package io.tidemark.delta.table;

import static io.tidemark.delta.table.KernelSchemas.join;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether data files that were written for one schema fit a later schema of the same table. They
 * fit when the later schema has all their columns with the same physical names, the same types and
 * the same partitioning, and when all added columns are nullable. Readers find columns by physical
 * name: a renamed column still fits, and a column that was dropped and added again does not. Pure.
 */
final class SchemaFit {

  private final String location;
  private final long version;

  /**
   * @param version table version of the later schema, for errors
   */
  SchemaFit(String location, long version) {
    this.location = location;
    this.version = version;
  }

  /** Why files for {@code written} do not fit {@code now}; empty when they do. */
  Optional<TidemarkException> problem(TableSchema written, TableSchema now) {
    if (!written.partitionColumns().equals(now.partitionColumns())) {
      return Optional.of(
          TableErrors.partitioningChanged(
              location, version, written.partitionColumns(), now.partitionColumns()));
    }
    return problem("", written.columns(), now.columns());
  }

  private Optional<TidemarkException> problem(
      String path, ColumnType.Struct written, ColumnType.Struct now) {
    Map<String, Column> remaining = new HashMap<>();
    now.columns().forEach(column -> remaining.put(column.physicalName(), column));
    for (Column before : written.columns()) {
      String columnPath = join(path, before.name());
      Column after = remaining.remove(before.physicalName());
      if (after == null) {
        return now.columns().stream().anyMatch(column -> column.name().equals(before.name()))
            ? changed(columnPath, "was dropped and added again")
            : changed(columnPath, "was dropped");
      }
      if (before.nullable() && !after.nullable()) {
        return changed(columnPath, "was made NOT NULL");
      }
      Optional<TidemarkException> problem = problem(columnPath, before.type(), after.type());
      if (problem.isPresent()) {
        return problem;
      }
    }
    for (Column added : remaining.values()) {
      if (!added.nullable()) {
        return changed(join(path, added.name()), "was added as NOT NULL");
      }
    }
    return Optional.empty();
  }

  private Optional<TidemarkException> problem(String path, ColumnType written, ColumnType now) {
    if (written instanceof ColumnType.Struct before && now instanceof ColumnType.Struct after) {
      return problem(path, before, after);
    }
    if (written instanceof ColumnType.Array before
        && now instanceof ColumnType.Array after
        && before.containsNull() == after.containsNull()) {
      return problem(path + ".element", before.element(), after.element());
    }
    if (written instanceof ColumnType.Map before
        && now instanceof ColumnType.Map after
        && before.valueContainsNull() == after.valueContainsNull()) {
      return problem(path + ".key", before.key(), after.key())
          .or(() -> problem(path + ".value", before.value(), after.value()));
    }
    return written.equals(now) || isLonger(written, now)
        ? Optional.empty()
        : changed(path, "was changed from " + written + " to " + now);
  }

  /** A longer varchar, or a string, can hold all values of a varchar. */
  private static boolean isLonger(ColumnType written, ColumnType now) {
    return written instanceof ColumnType.Text before
        && !before.padded()
        && (now == ColumnType.Primitive.STRING
            || (now instanceof ColumnType.Text after
                && !after.padded()
                && after.length() >= before.length()));
  }

  private Optional<TidemarkException> changed(String column, String how) {
    return Optional.of(TableErrors.schemaChanged(location, version, column, how));
  }
}
