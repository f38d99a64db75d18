package io.tidemark.delta.kernel;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.MetricsReporter;
import io.delta.kernel.engine.ParquetHandler;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Kernel's default engine on our file systems, without a JSON report in the log for each load, scan
 * and commit.
 */
public final class QuietEngine extends DefaultEngine {

  private final HadoopFileSystems fileSystems;
  private final ParquetHandler parquet;

  /** An engine for these file systems. */
  public QuietEngine(HadoopFileSystems fileSystems) {
    super(new TableFiles(fileSystems));
    this.fileSystems = fileSystems;
    this.parquet = new CompleteParquet(fileSystems);
  }

  /**
   * Creates a file.
   *
   * @throws java.nio.file.FileAlreadyExistsException when it exists
   */
  void create(String path, byte[] content) throws IOException {
    TableFiles.write(fileSystems, new Path(path), content, false);
  }

  /** A file of this size; of a longer one, more bytes. */
  byte[] read(String path, int bytes) throws IOException {
    try (FSDataInputStream in = fileSystems.open(new Path(path), bytes)) {
      return in.readNBytes(bytes + 1);
    }
  }

  @Override
  public ParquetHandler getParquetHandler() {
    return parquet;
  }

  @Override
  public List<MetricsReporter> getMetricsReporters() {
    return List.of();
  }
}
