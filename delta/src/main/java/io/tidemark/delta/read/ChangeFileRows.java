package io.tidemark.delta.read;

import io.tidemark.delta.parquet.ParquetRows;
import java.io.IOException;
import org.apache.kafka.connect.data.Struct;

/**
 * Rows of a change file, in which each row has its own change type: either the rows that are gone,
 * or those that the table has after the commit.
 */
final class ChangeFileRows implements FileRows {

  /** The column of change files with the change type. */
  static final String COLUMN = "_change_type";

  private final ParquetRows rows;
  private final boolean gone;
  private long next;
  private ChangeType type;

  /**
   * @param gone true for the rows that are gone, false for those that the table has afterwards
   */
  ChangeFileRows(ParquetRows rows, boolean gone, long fromPosition) {
    this.rows = rows;
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
  public long position() {
    return rows.position();
  }

  @Override
  public ChangeType changeType() {
    return type;
  }

  @Override
  public Struct value() {
    return rows.value();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
