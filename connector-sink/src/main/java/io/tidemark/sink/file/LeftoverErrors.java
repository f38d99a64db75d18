package io.tidemark.sink.file;

import io.tidemark.common.TidemarkException;
import java.util.Collection;

/** What stands in the way of deleting data files, {@code TM-170}. */
final class LeftoverErrors {

  private LeftoverErrors() {}

  /** The logs give files to no batch, and the table names them. */
  static TidemarkException named(String table, String owner, Collection<String> files) {
    return new TidemarkException(
        "TM-170",
        "Not deleting what "
            + owner
            + " left in "
            + table
            + ": no batch is known to have committed it, but a version of the table names "
            + files
            + ". The checkpoint location does not tell what is in the table: it is of another time,"
            + " damaged, or of another connector. Nothing of "
            + owner
            + " is deleted, now or later. Stop the connector, look with bin/tidemark verify whether"
            + " rows are in the table twice, and restore the location. See"
            + " docs/operating/recovery.md#files-that-the-table-names.",
        null);
  }
}
