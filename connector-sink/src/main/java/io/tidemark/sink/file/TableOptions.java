package io.tidemark.sink.file;

import java.util.Map;

/**
 * How tables are created.
 *
 * @param autoCreate {@code table.auto.create}
 * @param properties Delta table properties for a new table, {@code table.properties.*}
 */
public record TableOptions(boolean autoCreate, Map<String, String> properties) {

  public TableOptions {
    properties = Map.copyOf(properties);
  }

  /** Tables are created, without properties. */
  public static TableOptions defaults() {
    return new TableOptions(true, Map.of());
  }
}
