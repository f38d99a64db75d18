package io.tidemark.sink.record;

import io.tidemark.checkpoint.TidemarkException;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ConnectTypes;
import io.tidemark.delta.schema.SchemaInference;
import io.tidemark.delta.schema.SchemaMerge;
import io.tidemark.delta.schema.TypeUnion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** The columns that records want of a table: for their values, and for what the connector fills. */
public final class WantedColumns {

  private final RecordOptions options;

  public WantedColumns(RecordOptions options) {
    this.options = options;
  }

  /**
   * What these records want and {@code table} lacks. A record that contradicts the ones before it
   * is left out, since its conversion will reject it.
   */
  public ColumnType.Struct missing(ColumnType.Struct table, Iterable<SinkRecord> records) {
    ColumnType.Struct union = new ColumnType.Struct(List.of());
    Schema last = null;
    for (SinkRecord record : records) {
      if (!(record.value() instanceof Struct struct && struct.schema() == last)) {
        try {
          union = TypeUnion.of(union, SchemaMerge.missing(table, ofValue(record.value())));
        } catch (TidemarkException e) {
          continue;
        }
        last = record.value() instanceof Struct struct ? struct.schema() : null;
      }
    }
    return union;
  }

  /** The columns that the connector fills: metadata, and parts of timestamps to partition by. */
  public ColumnType.Struct filled() {
    List<Column> columns = new ArrayList<>();
    options.metadataColumns().forEach(column -> columns.add(column.column()));
    options.partitionBy().stream()
        .filter(PartitionField::isDerived)
        .forEach(field -> columns.add(field.derivedColumn()));
    return new ColumnType.Struct(columns);
  }

  /** The columns for one value; none for a value that has no fields. */
  static ColumnType.Struct ofValue(Object value) {
    if (value instanceof Struct struct) {
      return ConnectTypes.struct(struct.schema());
    }
    return value instanceof Map<?, ?> map
        ? SchemaInference.struct(map)
        : new ColumnType.Struct(List.of());
  }
}
