package io.tidemark.delta.table;

import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.StatisticsColumns;
import io.tidemark.delta.schema.TableSchema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A table to which a task writes: its schema, which may grow, and its transactions. */
public interface Table extends TransactionalTable {

  /** The schema that was last loaded, created or evolved. No I/O. */
  TableSchema schema();

  /** The text for {@link DataFile#schema} of data files written for {@link #schema}. No I/O. */
  String writtenSchema();

  /**
   * The columns for which data files have statistics: paths of leaves, by physical names. See
   * {@link StatisticsColumns}.
   */
  default Set<List<String>> statisticsColumns() throws IOException {
    return StatisticsColumns.byDefault(schema());
  }

  /**
   * Why data files that were written for a schema do not fit the newest version that this object
   * has loaded; empty when they fit. No I/O.
   *
   * @param written {@link DataFile#schema} of such a file
   */
  Optional<TidemarkException> misfit(String written);

  /** Loads the newest version and returns its schema. */
  TableSchema refresh() throws IOException;

  /**
   * Fails when the table does not accept the names of new columns. No I/O.
   *
   * @param missing the columns to be added to {@link #schema}
   * @throws TidemarkException naming the column
   */
  void requireNames(ColumnType.Struct missing);

  /**
   * Adds the columns and fields of {@code wanted} that the table lacks: new columns, and new fields
   * of struct columns at any depth. They are always nullable and come after the existing ones. They
   * are committed as one table version, which is retried when other writers commit at the same
   * time. Nothing is committed when nothing is missing.
   *
   * @return the schema after the call
   */
  TableSchema evolve(ColumnType.Struct wanted) throws IOException;
}
