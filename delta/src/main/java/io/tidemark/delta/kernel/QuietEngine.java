package io.tidemark.delta.kernel;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.defaults.engine.hadoopio.HadoopFileIO;
import io.delta.kernel.engine.MetricsReporter;
import io.tidemark.common.AsciiDigits;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Kernel's default engine, without a JSON report in the log for each load, scan and commit. */
public final class QuietEngine extends DefaultEngine {

  /** An engine for the file systems of this Hadoop configuration. */
  public QuietEngine(Configuration conf) {
    super(new HadoopFileIO(conf));
    // Kernel formats version numbers in the default locale.
    AsciiDigits.ensure();
  }

  @Override
  public List<MetricsReporter> getMetricsReporters() {
    return List.of();
  }
}
