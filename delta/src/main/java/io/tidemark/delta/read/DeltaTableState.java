package io.tidemark.delta.read;

import io.tidemark.delta.kernel.Definition;
import io.tidemark.delta.schema.TableSchema;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;

/** Protocol, metadata and format of a version. */
record DeltaTableState(long version, Definition definition, TableFormat format)
    implements TableState {

  @Override
  public String tableId() {
    return format.tableId();
  }

  @Override
  public TableSchema schema() {
    return format.schema();
  }

  @Override
  public Schema rowSchema() {
    return format.rowSchema();
  }

  @Override
  public TableState only(Set<String> columns) {
    return new DeltaTableState(version, definition, format.only(columns));
  }

  @Override
  public boolean changeFeedEnabled() {
    return format.changeFeedEnabled();
  }
}
