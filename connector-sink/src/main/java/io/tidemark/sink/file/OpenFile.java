package io.tidemark.sink.file;

import io.tidemark.common.DataFile;
import io.tidemark.common.ForwardClock;
import io.tidemark.storage.WholeFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/** A data file that still takes rows. Its size is measured rarely, because measuring is slow. */
final class OpenFile {

  /** Growth between two measurements, bytes, estimated from earlier rows. */
  private static final long MEASURED_BYTES = 256 << 10;

  private static final int MAX_UNMEASURED_ROWS = 1000;

  private final int number;
  private final String table;
  private final String relativePath;
  private final FileShape shape;
  private final Map<String, String> partitionValues;
  private final WholeFiles files;
  private final Path path;
  private final DurableOutput output;

  /** Null once closed: a segment may have many closed files, and a writer is large. */
  private ParquetWriter<Object[]> parquet;

  private long rows;
  private long measureAt = 1;
  private long bytes;
  private long bufferedBytes;
  private long lastUse;

  /**
   * Creates the file.
   *
   * @param number tells it from other files of its owner
   * @param relativePath path below the table's location
   * @throws IOException also when the file exists
   */
  OpenFile(
      int number,
      WholeFiles files,
      String table,
      String relativePath,
      FileShape shape,
      List<String> partition,
      FileOptions options)
      throws IOException {
    this.number = number;
    this.files = files;
    this.table = table;
    this.relativePath = relativePath;
    this.shape = shape;
    this.partitionValues = shape.named(partition);
    this.path = DataFileStore.path(table, relativePath);
    this.output = new DurableOutput(files, path);
    try {
      this.parquet =
          new RowWriterBuilder(output, new RowWriteSupport(shape.columns(), shape.cells()))
              .withConf(new PlainParquetConfiguration())
              .withCompressionCodec(options.codec())
              .withRowGroupSize(options.rowGroupBytes())
              .build();
    } catch (IOException | RuntimeException e) {
      if (!(e instanceof FileAlreadyExistsException)) {
        abandon(e);
      }
      throw e;
    }
  }

  /** Deletes the file, which exists if a create succeeded although it returned an error. */
  private void abandon(Exception cause) {
    try {
      output.discard();
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
    try {
      files.delete(path);
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /**
   * Appends a row.
   *
   * @return true when the sizes were measured, and may ask for action
   */
  boolean write(Object[] row, long use) throws IOException {
    parquet.write(row);
    lastUse = use;
    if (++rows < measureAt) {
      return false;
    }
    bytes = parquet.getDataSize();
    bufferedBytes = Math.max(0, bytes - output.written());
    long bytesPerRow = Math.max(1, bytes / rows);
    measureAt = rows + Math.max(1, Math.min(MAX_UNMEASURED_ROWS, MEASURED_BYTES / bytesPerRow));
    return true;
  }

  /** Closes the file, durable when this returns. */
  DataFile close() throws IOException {
    parquet.close();
    ParquetMetadata footer = parquet.getFooter();
    parquet = null;
    return new DataFile(
        table,
        relativePath,
        partitionValues,
        output.written(),
        ForwardClock.SYSTEM.nowMs(),
        rows,
        FileStatistics.json(footer, shape.columns(), shape.statistics()),
        shape.written());
  }

  /** Frees the memory without writing its content; the file itself stays. */
  void discard() throws IOException {
    output.discard();
    parquet.close();
    parquet = null;
  }

  boolean isOpen() {
    return parquet != null;
  }

  /** Its number among the files of its owner. */
  int number() {
    return number;
  }

  /** Rows so far. */
  long rows() {
    return rows;
  }

  /** Where the file is. */
  Path path() {
    return path;
  }

  /** When {@link #write} was last called, in its caller's count. */
  long lastUse() {
    return lastUse;
  }

  /** Size of the file if it were closed now, as last measured. */
  long bytes() {
    return bytes;
  }

  /** The part of {@link #bytes} that is in memory. */
  long bufferedBytes() {
    return bufferedBytes;
  }

  private static final class RowWriterBuilder
      extends ParquetWriter.Builder<Object[], RowWriterBuilder> {

    private final RowWriteSupport support;

    RowWriterBuilder(DurableOutput output, RowWriteSupport support) {
      super(output);
      this.support = support;
    }

    @Override
    protected RowWriterBuilder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in Parquet
    protected WriteSupport<Object[]> getWriteSupport(Configuration configuration) {
      return support;
    }

    @Override
    protected WriteSupport<Object[]> getWriteSupport(ParquetConfiguration configuration) {
      return support;
    }
  }
}
