package io.tidemark.delta.table;

import io.delta.kernel.types.StructType;
import io.tidemark.delta.kernel.KernelSnapshot;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.StatisticsColumns;
import io.tidemark.delta.schema.TableSchema;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One version of a table, as loaded by Kernel. It remembers its look-ups. */
final class TableVersion {

  static final String MAX_FIELD_ID = "delta.columnMapping.maxColumnId";

  private final KernelSnapshot snapshot;
  private final TableSchema schema;
  private final Map<String, String> properties;

  /** Made at the first call; null before. */
  private String written;

  private final Map<String, OptionalLong> transactions = new ConcurrentHashMap<>();

  /** Called inside the border, because Kernel parses the schema. */
  TableVersion(KernelSnapshot snapshot) {
    this.snapshot = snapshot;
    this.schema =
        new TableSchema(
            KernelSchemas.fromKernel(snapshot.path(), kernelSchema()),
            snapshot.definition().partitionColumns());
    this.properties = snapshot.definition().properties();
  }

  KernelSnapshot snapshot() {
    return snapshot;
  }

  long number() {
    return snapshot.version();
  }

  /** Delta's {@code metaData.id}. */
  String id() {
    return snapshot.definition().tableId();
  }

  TableSchema schema() {
    return schema;
  }

  /** The schema in JSON, as in the log. */
  String schemaString() {
    return snapshot.definition().schemaString();
  }

  /** The text for {@code DataFile.schema} of data files written for this version. */
  synchronized String written() {
    if (written == null) {
      written = WrittenSchema.text(this);
    }
    return written;
  }

  /** The schema with comments and all other metadata. */
  StructType kernelSchema() {
    return snapshot.definition().schema();
  }

  Map<String, String> properties() {
    return properties;
  }

  Set<String> writerFeatures() {
    return snapshot.definition().writerFeatures();
  }

  boolean columnsAreMapped() {
    return !properties().getOrDefault("delta.columnMapping.mode", "none").equalsIgnoreCase("none");
  }

  /** The columns for which data files have statistics. */
  Set<List<String>> statisticsColumns() throws IOException {
    List<List<String>> clustering =
        writerFeatures().contains("clustering") ? snapshot.clusteringColumns() : List.of();
    return StatisticsColumns.of(schema, properties(), clustering);
  }

  /** The rules for names of new columns. */
  ColumnNames columnNames() {
    return ColumnNames.of(snapshot.path(), properties());
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

  /** The newest transaction of a query as of this version. */
  OptionalLong lastTransaction(String appId) throws IOException {
    OptionalLong last = transactions.get(appId);
    if (last == null) {
      last = snapshot.lastTransaction(appId);
      remember(appId, last);
    }
    return last;
  }

  /** Remembers a look-up, or a transaction that this process has just committed. */
  void remember(String appId, OptionalLong transaction) {
    transactions.put(appId, transaction);
  }
}
