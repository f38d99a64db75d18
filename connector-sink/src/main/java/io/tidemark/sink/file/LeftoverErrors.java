package io.tidemark.sink.file;

import io.tidemark.common.TidemarkException;
import java.util.Collection;

/** Why data files are not deleted, {@code TM-170}. */
final class LeftoverErrors {

  private LeftoverErrors() {}

  /** The logs have the files in no batch, but the table names them. */
  static TidemarkException named(String table, String owner, Collection<String> files) {
    return TidemarkException.of(
        "TM-170",
        """
        Not deleting the data files that %s left in %s: the checkpoint location has no batch that
        committed them, but a version of the table names %s. The checkpoint location does not match
        the table: it is an older copy, it is damaged, or it belongs to another connector. No file
        of %s is deleted, now or later. Stop the connector, check with bin/tidemark verify whether
        the table has rows twice, and restore the checkpoint location. See
        docs/operating/recovery.md#files-that-the-table-names.
        """,
        owner,
        table,
        files,
        owner);
  }
}
