package io.tidemark.delta.read;

import io.tidemark.delta.parquet.ParquetRows;
import java.io.IOException;

/**
 * Rows of a change file, in which each row has its own change type: either the rows that are gone,
 * or those that the table has after the commit.
 */
final class ChangeFileRows extends SelectedRows {

  /** The column of change files with the change type. */
  static final String COLUMN = "_change_type";

  private final boolean gone;
  private long next;
  private ChangeType type;

  /**
   * @param gone true for the rows that are gone, false for those that the table has afterwards
   */
  ChangeFileRows(ParquetRows rows, boolean gone, long fromPosition) {
    super(rows);
    this.gone = gone;
    this.next = fromPosition;
  }

  @Override
  public boolean next() throws IOException {
    while (rows.seek(next++)) {
      if (rows.tag() == null) {
        throw new IllegalArgumentException("a row has no value in column " + COLUMN);
      }
      type = ChangeType.of(rows.tag());
      if (type.isGone() == gone) {
        return true;
      }
    }
    return false;
  }

  @Override
  public ChangeType changeType() {
    return type;
  }
}
