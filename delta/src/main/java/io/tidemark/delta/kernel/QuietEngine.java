package io.tidemark.delta.kernel;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.MetricsReporter;
import io.delta.kernel.engine.ParquetHandler;
import io.tidemark.storage.HadoopFileSystems;
import java.util.List;

/**
 * Kernel's default engine on our file systems, without a JSON report in the log for each load, scan
 * and commit.
 */
public final class QuietEngine extends DefaultEngine {

  private final ParquetHandler parquet;

  /** An engine for these file systems. */
  public QuietEngine(HadoopFileSystems fileSystems) {
    super(new TableFiles(fileSystems));
    this.parquet = new CompleteParquet(fileSystems);
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
