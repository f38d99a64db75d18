package io.tidemark.delta.kernel;

import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultParquetHandler;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.utils.CloseableIterator;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * Writes a Parquet file only when all of its rows are in it. Kernel's own writer ends and publishes
 * a file also when the rows cannot be read to their end. Half a table checkpoint would hide from
 * every reader what is not in it.
 */
final class CompleteParquet extends DefaultParquetHandler {

  private final HadoopFileSystems fileSystems;

  CompleteParquet(HadoopFileSystems fileSystems) {
    super(new TableFiles(fileSystems));
    this.fileSystems = fileSystems;
  }

  @Override
  public void writeParquetFileAtomically(
      String path, CloseableIterator<FilteredColumnarBatch> batches) throws IOException {
    Watched watched = new Watched(batches);
    new DefaultParquetHandler(
            new TableFiles(fileSystems) {
              @Override
              public OutputFile newOutputFile(String path) {
                return new TableOutput(fileSystems, new Path(path), watched::isAtEnd);
              }
            })
        .writeParquetFileAtomically(path, watched);
  }

  /** Knows whether its end was reached. */
  private static final class Watched implements CloseableIterator<FilteredColumnarBatch> {

    private final CloseableIterator<FilteredColumnarBatch> batches;
    private boolean atEnd;

    Watched(CloseableIterator<FilteredColumnarBatch> batches) {
      this.batches = batches;
    }

    boolean isAtEnd() {
      return atEnd;
    }

    @Override
    public boolean hasNext() {
      boolean more = batches.hasNext();
      atEnd = !more;
      return more;
    }

    @Override
    public FilteredColumnarBatch next() {
      return batches.next();
    }

    @Override
    public void close() throws IOException {
      batches.close();
    }
  }
}
