package io.tidemark.delta.read;

import io.tidemark.delta.parquet.ParquetRows;
import java.io.IOException;
import org.apache.kafka.connect.data.Struct;

/** The rows of a change file, of which each says what became of it. */
final class ToldRows implements FileRows {

  /** The column of change files that says it. */
  static final String COLUMN = "_change_type";

  private final ParquetRows rows;
  private long next;
  private ChangeType type;

  ToldRows(ParquetRows rows, long fromPosition) {
    this.rows = rows;
    this.next = fromPosition;
  }

  @Override
  public boolean next() throws IOException {
    boolean found = rows.seek(next++);
    if (found) {
      if (rows.tag() == null) {
        throw new IllegalArgumentException("a row has no " + COLUMN);
      }
      type = ChangeType.of(rows.tag());
    }
    return found;
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
