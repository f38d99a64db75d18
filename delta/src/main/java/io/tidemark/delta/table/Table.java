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

/** A table as a task writes it: its schema, which may grow, beside its transactions. */
public interface Table extends TransactionalTable {

  /** The schema as last loaded, created or evolved; no I/O. */
  TableSchema schema();

  /** What data files for {@link #schema} say that they were written for; no I/O. */
  String writtenSchema();

  /**
   * Of which columns data files for {@link #schema} have statistics: paths of leaves, by physical
   * names. See {@link StatisticsColumns}.
   */
  default Set<List<String>> statisticsColumns() throws IOException {
    return StatisticsColumns.byDefault(schema());
  }

  /**
   * Why data files that were written for a schema cannot become part of the newest version that was
   * seen; empty when they can. No I/O.
   *
   * @param written {@link DataFile#schema} of such a file
   */
  Optional<TidemarkException> misfit(String written);

  /** Loads the newest version and returns its schema. */
  TableSchema refresh() throws IOException;

  /**
   * Fails when the table does not take such columns. No I/O.
   *
   * @param missing what is to be added, as of {@link #schema}
   * @throws TidemarkException naming the column
   */
  void requireNames(ColumnType.Struct missing);

  /**
   * Adds what {@code wanted} has and the table has not: new columns and new fields of struct
   * columns at any depth, always nullable, behind the existing ones. A table version of its own,
   * retried on top of other writers; nothing is committed when nothing is missing.
   *
   * @return the schema afterwards
   */
  TableSchema evolve(ColumnType.Struct wanted) throws IOException;
}
