package io.tidemark.source;

import io.tidemark.delta.read.DeltaReadableTables;
import io.tidemark.delta.read.ReadableTables;
import io.tidemark.source.config.DeltaSourceConfig;
import java.util.HashMap;
import java.util.Map;

/** The file systems of the tables, as the configuration describes them. */
final class TableAccess {

  private TableAccess() {}

  static ReadableTables of(DeltaSourceConfig config) {
    Map<String, String> hadoop = new HashMap<>();
    config.hadoopProperties().forEach((key, value) -> hadoop.put(key, value.value()));
    return new DeltaReadableTables(hadoop, config.temporalMode());
  }
}
