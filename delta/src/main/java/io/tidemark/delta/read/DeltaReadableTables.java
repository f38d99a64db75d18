package io.tidemark.delta.read;

import io.delta.kernel.engine.Engine;
import io.tidemark.delta.kernel.KernelHistory;
import io.tidemark.delta.kernel.KernelSnapshot;
import io.tidemark.delta.kernel.QuietEngine;
import io.tidemark.delta.kernel.TableLog;
import io.tidemark.delta.schema.TemporalMode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Delta tables on the file systems of Hadoop, read with Delta Kernel. */
public final class DeltaReadableTables implements ReadableTables {

  private final Configuration conf;
  private final Engine engine;
  private final TemporalMode temporal;

  /**
   * Tables whose timestamps keep their microseconds.
   *
   * @param hadoopConf entries for Hadoop's configuration: file systems and credentials
   */
  public DeltaReadableTables(Map<String, String> hadoopConf) {
    this(hadoopConf, TemporalMode.MICROS);
  }

  /**
   * @param hadoopConf entries for Hadoop's configuration: file systems and credentials
   * @param temporal how rows represent timestamps
   */
  public DeltaReadableTables(Map<String, String> hadoopConf, TemporalMode temporal) {
    this.conf = new Configuration();
    // The plugin has the classes that the configuration names.
    conf.setClassLoader(DeltaReadableTables.class.getClassLoader());
    hadoopConf.forEach(conf::set);
    this.engine = new QuietEngine(conf);
    this.temporal = temporal;
  }

  @Override
  public Optional<ReadableTable> open(String location) throws IOException {
    TableLog log = new TableLog(engine, location, ReadErrors.REFUSALS);
    Optional<KernelSnapshot> latest = new KernelHistory(log).latest();
    return latest.isEmpty()
        ? Optional.empty()
        : Optional.of(new DeltaReadableTable(conf, log, latest.get(), temporal));
  }
}
