package io.tidemark.delta.kernel;

import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.NoSuchElementException;

/** The rows of batches; one batch is in memory at a time. */
final class BatchRows implements CloseableIterator<Row> {

  private final CloseableIterator<ColumnarBatch> batches;
  private CloseableIterator<Row> rows;

  BatchRows(CloseableIterator<ColumnarBatch> batches) {
    this.batches = batches;
  }

  @Override
  public boolean hasNext() {
    while (rows == null || !rows.hasNext()) {
      if (!batches.hasNext()) {
        return false;
      }
      rows = batches.next().getRows();
    }
    return true;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rows.next();
  }

  @Override
  public void close() throws IOException {
    batches.close();
  }
}
