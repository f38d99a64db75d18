package io.tidemark.delta.table;

import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.kernel.CommitDescription;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.SchemaMerge;
import java.io.IOException;
import java.util.Map;

/**
 * One call of evolve. Each round computes again which columns the newest version lacks. So a column
 * is not added twice when another writer added it meanwhile, or when the answer to our own commit
 * was lost.
 */
final class SchemaCommit {

  private static final int MAX_ROUNDS = 20;

  private final TableHead head;
  private final ColumnType.Struct wanted;

  SchemaCommit(TableHead head, ColumnType.Struct wanted) {
    this.head = head;
    this.wanted = wanted;
  }

  /** The version that has all columns. */
  TableVersion run() throws IOException {
    RuntimeException failure = null;
    Backoff backoff = new Backoff();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      TableVersion base = head.newest();
      head.requireWritable(base);
      base.columnNames().require(SchemaMerge.missing(base.schema().columns(), wanted));
      SchemaGrowth growth =
          new SchemaGrowth(
              head.location(),
              base.kernelSchema(),
              wanted,
              base.columnsAreMapped(),
              head.border().call(base::maxFieldId));
      if (growth.isEmpty()) {
        return base;
      }
      try {
        Map<String, String> properties =
            base.columnsAreMapped()
                ? Map.of(TableVersion.MAX_FIELD_ID, Long.toString(growth.maxFieldId()))
                : Map.of();
        CommitDescription description = CommitDescriptions.of(growth.added());
        return head.committed(
            base,
            head.commits().changeSchema(base.snapshot(), growth.schema(), properties, description));
      } catch (ConcurrentWriteException
          | CommitStateUnknownException
          | MaxCommitRetryLimitReachedException e) {
        failure = e;
      }
      backoff.pause();
    }
    throw new IOException(
        TidemarkException.message(
            """
            Cannot add columns to table %s: in each of %d attempts another writer was faster, or
            the outcome is unknown.
            """,
            head.location(), MAX_ROUNDS),
        failure);
  }
}
