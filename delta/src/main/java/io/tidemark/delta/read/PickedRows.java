package io.tidemark.delta.read;

import io.tidemark.delta.parquet.ParquetRows;
import java.io.IOException;
import java.util.Arrays;

/** Some rows of a file, by their positions; all have the same change type. */
final class PickedRows extends SelectedRows {

  private final long[] positions;
  private final ChangeType type;
  private int next;

  /**
   * @param positions ascending
   */
  PickedRows(ParquetRows rows, long[] positions, ChangeType type, long fromPosition) {
    super(rows);
    this.positions = positions;
    this.type = type;
    int found = Arrays.binarySearch(positions, fromPosition);
    this.next = found < 0 ? -found - 1 : found;
  }

  @Override
  public boolean next() throws IOException {
    return next < positions.length && rows.seek(positions[next++]);
  }

  @Override
  public ChangeType changeType() {
    return type;
  }
}
