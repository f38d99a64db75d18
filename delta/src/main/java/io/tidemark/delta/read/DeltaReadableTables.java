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

/** The Delta tables that Hadoop's file systems reach, through Delta Kernel. */
public final class DeltaReadableTables implements ReadableTables {

  private final Configuration conf;
  private final Engine engine;
  private final TemporalMode temporal;

  /**
   * Tables whose timestamps lose nothing.
   *
   * @param hadoopConf entries for Hadoop's configuration: file systems and credentials
   */
  public DeltaReadableTables(Map<String, String> hadoopConf) {
    this(hadoopConf, TemporalMode.MICROS);
  }

  /**
   * @param hadoopConf entries for Hadoop's configuration: file systems and credentials
   * @param temporal how rows carry timestamps
   */
  public DeltaReadableTables(Map<String, String> hadoopConf, TemporalMode temporal) {
    this.conf = new Configuration();
    // The classes that the configuration names live where this one does, in the plugin.
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
