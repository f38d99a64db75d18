package io.tidemark.source;

import io.tidemark.delta.read.DeltaReadableTables;
import io.tidemark.delta.read.ReadableTables;
import io.tidemark.source.config.DeltaSourceConfig;
import io.tidemark.storage.HadoopFileSystems;
import java.util.HashMap;
import java.util.Map;

/** The tables of a configuration, on file systems that are closed with it. */
final class TableAccess implements AutoCloseable {

  private final HadoopFileSystems fileSystems;
  private final ReadableTables tables;

  TableAccess(DeltaSourceConfig config) {
    Map<String, String> properties = new HashMap<>();
    config.hadoopProperties().forEach((key, value) -> properties.put(key, value.value()));
    this.fileSystems = new HadoopFileSystems(properties);
    this.tables = new DeltaReadableTables(fileSystems, config.temporalMode());
  }

  ReadableTables tables() {
    return tables;
  }

  @Override
  public void close() {
    fileSystems.close();
  }
}
