package io.tidemark.delta.parquet;

import java.io.Closeable;
import java.io.IOException;
import org.apache.kafka.connect.data.Struct;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;

/**
 * The rows of one Parquet file, numbered from 0 as the file has them. Holds one {@link RowSlices
 * slice} of a row group at a time, as it is stored; a slice that is skipped completely is not read.
 */
public final class ParquetRows implements Closeable {

  /** Larger row groups are read in parts. */
  private static final long SLICE_BYTES = 8L << 20;

  private final ParquetFileReader file;
  private final RowMaterializer materializer;
  private final MessageColumnIO columnIo;
  private final RowSlices slices;
  private RecordReader<Struct> records;

  /** Position of the current row. */
  private long position = -1;

  /** Position after the current slice. */
  private long end;

  private Struct value;

  /**
   * Opens the file and reads its footer.
   *
   * @throws ColumnMismatchException when a column has another type than the table says
   */
  public ParquetRows(InputFile input, ParquetReadOptions options, RowColumns columns)
      throws IOException {
    this(input, options, columns, SLICE_BYTES);
  }

  ParquetRows(InputFile input, ParquetReadOptions options, RowColumns columns, long sliceBytes)
      throws IOException {
    this.file = ParquetFileReader.open(input, options);
    try {
      FileMetaData metadata = file.getFileMetaData();
      this.materializer =
          new RowMaterializer(
              columns, metadata.getSchema(), FileCalendar.of(metadata.getKeyValueMetaData()));
      file.setRequestedSchema(materializer.read());
      this.columnIo =
          new ColumnIOFactory(metadata.getCreatedBy())
              .getColumnIO(materializer.read(), metadata.getSchema(), true);
      this.slices = new RowSlices(file, materializer.read(), sliceBytes);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Moves to the next row. */
  public boolean next() throws IOException {
    return seek(position + 1);
  }

  /**
   * Moves forward to a row.
   *
   * @return false when the file has no such row
   */
  public boolean seek(long wanted) throws IOException {
    if (end <= wanted && !enter(wanted)) {
      return false;
    }
    while (position < wanted) {
      value = records.read();
      position++;
    }
    return true;
  }

  private boolean enter(long wanted) throws IOException {
    // Releases the old slice first, so that only one is in memory.
    records = null;
    RowSlices.Slice slice = slices.with(wanted);
    if (slice == null) {
      return false;
    }
    position = slice.first() - 1;
    end = slice.first() + slice.rows();
    records = columnIo.getRecordReader(slice.pages(), materializer, FilterCompat.NOOP);
    return true;
  }

  /** Number of the current row in the file. */
  public long position() {
    return position;
  }

  /** The current row. */
  public Struct value() {
    return value;
  }

  /** The value of the tag column in the current row, or null. */
  public String tag() {
    return materializer.tag();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
