package io.tidemark.delta.read;

import io.tidemark.delta.parquet.ParquetRows;
import java.io.IOException;
import org.apache.kafka.connect.data.Struct;

/** Rows of one Parquet file, of which the subclass selects some. */
abstract class SelectedRows implements FileRows {

  /** The file, at the selected row. */
  final ParquetRows rows;

  SelectedRows(ParquetRows rows) {
    this.rows = rows;
  }

  @Override
  public long position() {
    return rows.position();
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
