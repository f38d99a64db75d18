package io.tidemark.delta.read;

import io.tidemark.delta.parquet.ParquetRows;
import java.io.IOException;
import org.apache.kafka.connect.data.Struct;

/** Half of the rows of a change file, of which each says what became of it. */
final class ToldRows implements FileRows {

  /** The column of change files that says it. */
  static final String COLUMN = "_change_type";

  private final ParquetRows rows;
  private final boolean gone;
  private long next;
  private ChangeType type;

  /**
   * @param gone whether the rows that are gone are wanted, otherwise those that are there
   */
  ToldRows(ParquetRows rows, boolean gone, long fromPosition) {
    this.rows = rows;
    this.gone = gone;
    this.next = fromPosition;
  }

  @Override
  public boolean next() throws IOException {
    while (rows.seek(next++)) {
      if (rows.tag() == null) {
        throw new IllegalArgumentException("a row has no " + COLUMN);
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
