package io.tidemark.delta.read;

import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.tidemark.delta.schema.TableSchema;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;

/** The metadata and protocol that are in force as of a version. */
record DeltaTableState(long version, Protocol protocol, Metadata metadata, TableFormat format)
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
    return new DeltaTableState(version, protocol, metadata, format.only(columns));
  }

  @Override
  public boolean changeFeedEnabled() {
    return format.changeFeedEnabled();
  }
}
