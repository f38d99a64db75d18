package io.tidemark.delta.read;

import io.tidemark.delta.kernel.DeletedRows;
import io.tidemark.delta.parquet.ParquetRows;
import java.io.IOException;

/** All rows of a file except deleted ones; all have the same change type. */
final class PresentRows extends SelectedRows {

  private final DeletedRows deleted;
  private final ChangeType type;
  private long next;

  PresentRows(ParquetRows rows, DeletedRows deleted, ChangeType type, long fromPosition) {
    super(rows);
    this.deleted = deleted;
    this.type = type;
    this.next = fromPosition;
  }

  @Override
  public boolean next() throws IOException {
    while (deleted.has(next)) {
      next++;
    }
    return rows.seek(next++);
  }

  @Override
  public ChangeType changeType() {
    return type;
  }
}
