package io.tidemark.delta.read;

import io.delta.kernel.engine.Engine;
import io.tidemark.delta.kernel.KernelHistory;
import io.tidemark.delta.kernel.KernelSnapshot;
import io.tidemark.delta.kernel.QuietEngine;
import io.tidemark.delta.kernel.TableLog;
import io.tidemark.delta.schema.TemporalMode;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.util.Optional;

/** Delta tables on the file systems of Hadoop, read with Delta Kernel. */
public final class DeltaReadableTables implements ReadableTables {

  private final HadoopFileSystems fileSystems;
  private final Engine engine;
  private final TemporalMode temporal;

  /** Tables whose timestamps keep their microseconds. */
  public DeltaReadableTables(HadoopFileSystems fileSystems) {
    this(fileSystems, TemporalMode.MICROS);
  }

  /**
   * Tables on these file systems.
   *
   * @param temporal how rows represent timestamps
   */
  public DeltaReadableTables(HadoopFileSystems fileSystems, TemporalMode temporal) {
    this.fileSystems = fileSystems;
    this.engine = new QuietEngine(fileSystems);
    this.temporal = temporal;
  }

  @Override
  public Optional<ReadableTable> open(String location) throws IOException {
    TableLog log = new TableLog(engine, location, ReadErrors.REFUSALS);
    Optional<KernelSnapshot> latest = new KernelHistory(log).latest();
    return latest.isEmpty()
        ? Optional.empty()
        : Optional.of(new DeltaReadableTable(fileSystems, log, latest.get(), temporal));
  }
}
