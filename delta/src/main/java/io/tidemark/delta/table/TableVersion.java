package io.tidemark.delta.table;

import io.delta.kernel.Snapshot;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TableConfig;
import io.delta.kernel.types.StructType;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.StatisticsColumns;
import io.tidemark.delta.schema.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One version of a table as Kernel loaded it: a view, with the look-ups remembered. */
final class TableVersion {

  static final String MAX_FIELD_ID = "delta.columnMapping.maxColumnId";

  private final SnapshotImpl snapshot;
  private final TableSchema schema;
  private final Map<String, String> properties;

  /** Made when it is first asked for; null before. */
  private String written;

  private final Map<String, OptionalLong> transactions = new ConcurrentHashMap<>();

  TableVersion(SnapshotImpl snapshot) {
    this.snapshot = snapshot;
    this.schema =
        new TableSchema(
            KernelSchemas.fromKernel(snapshot.getPath(), snapshot.getSchema()),
            snapshot.getPartitionColumnNames());
    this.properties = snapshot.getTableProperties();
  }

  SnapshotImpl snapshot() {
    return snapshot;
  }

  long number() {
    return snapshot.getVersion();
  }

  /** Delta's {@code metaData.id}. */
  String id() {
    return snapshot.getMetadata().getId();
  }

  TableSchema schema() {
    return schema;
  }

  /** The schema as the log has it, JSON. */
  String schemaString() {
    return snapshot.getMetadata().getSchemaString();
  }

  /** What data files for this version say that they were written for. */
  synchronized String written() {
    if (written == null) {
      written = WrittenSchema.text(this);
    }
    return written;
  }

  /** The schema with comments and all other metadata. */
  StructType kernelSchema() {
    return snapshot.getSchema();
  }

  Map<String, String> properties() {
    return properties;
  }

  Set<String> writerFeatures() {
    return snapshot.getProtocol().getWriterFeatures();
  }

  boolean columnsAreMapped() {
    return !properties().getOrDefault("delta.columnMapping.mode", "none").equalsIgnoreCase("none");
  }

  /** Of which columns data files have statistics. */
  Set<List<String>> statisticsColumns() {
    List<List<String>> clustering =
        writerFeatures().contains("clustering")
            ? snapshot.getPhysicalClusteringColumns().orElse(List.of()).stream()
                .map(column -> List.of(column.getNames()))
                .toList()
            : List.of();
    return StatisticsColumns.of(schema, properties(), clustering);
  }

  /** Which names of new columns the table takes. */
  ColumnNames columnNames() {
    return ColumnNames.of(snapshot.getPath(), properties());
  }

  long maxFieldId() {
    return Long.parseLong(properties().getOrDefault(MAX_FIELD_ID, "0"));
  }

  /** Logical to physical name of the partition columns, in order. */
  Map<String, String> partitionColumns() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : schema.partitionColumns()) {
      for (Column column : schema.columns().columns()) {
        if (column.name().equalsIgnoreCase(name)) {
          names.put(column.name(), column.physicalName());
        }
      }
    }
    return names;
  }

  /** The remembered look-up of a query's last transaction, or null. */
  OptionalLong knownTransaction(String appId) {
    return transactions.get(appId);
  }

  /** Remembers a look-up, or what this process has just committed itself. */
  void remember(String appId, OptionalLong transaction) {
    transactions.put(appId, transaction);
  }

  /** True when the log since the last table checkpoint has grown by the table's interval. */
  boolean checkpointIsDue() {
    long last = snapshot.getLogSegment().getCheckpointVersionOpt().orElse(0L);
    int interval = TableConfig.CHECKPOINT_INTERVAL.fromMetadata(snapshot.getMetadata());
    return number() - last >= interval;
  }

  /** True when the checksum of this version is neither in the log nor known. */
  boolean checksumIsMissing() {
    return snapshot
        .getStatistics()
        .getChecksumWriteMode()
        .filter(Snapshot.ChecksumWriteMode.FULL::equals)
        .isPresent();
  }
}
