package io.tidemark.delta.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.defaults.internal.data.DefaultColumnarBatch;
import io.delta.kernel.defaults.internal.data.vector.DefaultLongVector;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.tidemark.common.DataFile;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;

/** A table in a directory: makes data files, reads the log, commits like a foreign writer. */
public final class TableFixture {

  public static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  final Engine engine = DefaultEngine.create(new Configuration());
  private int files;

  public TableFixture(Path root) {
    this.root = root;
  }

  public Path root() {
    return root;
  }

  public String location() {
    return root.toString();
  }

  public static DeltaTables tables() {
    return new DeltaTables(new HadoopFileSystems(Map.of()), "Tidemark/test");
  }

  public static TableSchema schema(Column... columns) {
    return new TableSchema(new ColumnType.Struct(List.of(columns)), List.of());
  }

  public static Column id() {
    return new Column("id", Primitive.LONG, true);
  }

  public static Column text(String name) {
    return new Column(name, Primitive.STRING, true);
  }

  public Append append(String appId, long batch, DataFile... files) {
    return new Append(appId, batch, List.of(files), Map.of());
  }

  /** An entry for the log, written for the known columns of the table. */
  public DataFile fakeFor(Table table) {
    DataFile fake = fake();
    return new DataFile(
        fake.table(),
        fake.path(),
        fake.partitionValues(),
        fake.bytes(),
        fake.modifiedMs(),
        fake.rows(),
        fake.statistics(),
        table.writtenSchema());
  }

  /**
   * Writes a table checkpoint without transactions, as Spark does when their retention is over; the
   * commits that have them stay.
   */
  void dropTransactions() throws IOException {
    Map<Path, String> commits = new TreeMap<>();
    for (long version = 0; version <= newest(); version++) {
      commits.put(commit(version), Files.readString(commit(version)));
      Files.deleteIfExists(log().resolve(String.format("%020d.crc", version)));
    }
    for (var commit : commits.entrySet()) {
      Files.writeString(
          commit.getKey(),
          commit.getValue().lines().filter(line -> !line.startsWith("{\"txn\"")).toList().stream()
              .collect(java.util.stream.Collectors.joining("\n", "", "\n")));
    }
    TableManager.loadSnapshot(location()).build(engine).writeCheckpoint(engine);
    for (var commit : commits.entrySet()) {
      Files.writeString(commit.getKey(), commit.getValue());
    }
  }

  /** Deletes all commits but the newest one, as the clean-up after a table checkpoint does. */
  void deleteCommits() throws IOException {
    for (long version = 0; Files.exists(commit(version + 1)); version++) {
      Files.delete(commit(version));
    }
  }

  /** An entry for the log; there is no such file. */
  public DataFile fake() {
    return new DataFile(
        location(),
        "part-" + files++ + ".parquet",
        Map.of(),
        100,
        1_700_000_000_000L,
        3,
        "{\"numRecords\":3}");
  }

  /** A Parquet file with one LONG column of this name. */
  public DataFile file(String path, Map<String, String> partition, String column, long... ids)
      throws IOException {
    Path target = root.resolve(path);
    Files.createDirectories(target.getParent());
    StructType schema = new StructType().add(column, LongType.LONG);
    var batch =
        new DefaultColumnarBatch(
            ids.length,
            schema,
            new ColumnVector[] {
              new DefaultLongVector(LongType.LONG, ids.length, Optional.empty(), ids)
            });
    engine
        .getParquetHandler()
        .writeParquetFileAtomically(
            "file:" + target,
            Utils.singletonCloseableIterator(new FilteredColumnarBatch(batch, Optional.empty())));
    return new DataFile(
        location(),
        path,
        partition,
        Files.size(target),
        Files.getLastModifiedTime(target).toMillis(),
        ids.length,
        "{\"numRecords\":" + ids.length + "}");
  }

  /** All rows, read with Kernel's own reader: column to text. */
  List<Map<String, String>> rows() throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    Snapshot snapshot = TableManager.loadSnapshot(location()).build(engine);
    Scan scan = snapshot.getScanBuilder().build();
    Row state = scan.getScanState(engine);
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> scanFiles = batches.next().getRows()) {
          while (scanFiles.hasNext()) {
            readFile(state, scanFiles.next(), rows);
          }
        }
      }
    }
    return rows;
  }

  private void readFile(Row state, Row scanFile, List<Map<String, String>> rows)
      throws IOException {
    var physical =
        engine
            .getParquetHandler()
            .readParquetFiles(
                Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(scanFile)),
                ScanStateRow.getPhysicalDataReadSchema(state),
                Optional.empty())
            .map(result -> result.getData());
    try (var data = Scan.transformPhysicalData(engine, state, scanFile, physical)) {
      while (data.hasNext()) {
        try (var batch = data.next().getRows()) {
          while (batch.hasNext()) {
            rows.add(text(batch.next()));
          }
        }
      }
    }
  }

  private static Map<String, String> text(Row row) {
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < row.getSchema().length(); i++) {
      String value = null;
      if (!row.isNullAt(i)) {
        value =
            row.getSchema().at(i).getDataType() instanceof LongType
                ? Long.toString(row.getLong(i))
                : row.getString(i);
      }
      values.put(row.getSchema().at(i).getName(), value);
    }
    return values;
  }

  public Path log() {
    return root.resolve("_delta_log");
  }

  public Path commit(long version) {
    return log().resolve(String.format("%020d.json", version));
  }

  public long newest() {
    long version = -1;
    while (Files.exists(commit(version + 1))) {
      version++;
    }
    return version;
  }

  /** The first action of this kind in a version. */
  public JsonNode action(long version, String kind) throws IOException {
    return actions(version, kind).get(0);
  }

  List<JsonNode> actions(long version, String kind) throws IOException {
    List<JsonNode> actions = new ArrayList<>();
    for (String line : Files.readAllLines(commit(version))) {
      JsonNode action = JSON.readTree(line);
      if (action.has(kind)) {
        actions.add(action.get(kind));
      }
    }
    return actions;
  }

  /** Commits actions like a foreign writer that writes no checksums. */
  public long foreign(Map<String, ? extends JsonNode> actions) throws IOException {
    long version = newest() + 1;
    StringBuilder lines = new StringBuilder();
    for (var action : actions.entrySet()) {
      ObjectNode line = JSON.createObjectNode();
      line.set(action.getKey(), action.getValue());
      lines.append(line.toString()).append('\n');
    }
    Files.writeString(commit(version), lines);
    return version;
  }

  /** Commits a changed {@code metaData} as a foreign writer. */
  public long foreignMetadata(UnaryOperator<ObjectNode> change) throws IOException {
    return foreign(Map.of("metaData", change.apply(metadata())));
  }

  /** Commits the schema of the first version with changed text. */
  public long foreignSchema(UnaryOperator<String> change) throws IOException {
    return foreignMetadata(
        metadata ->
            metadata.put("schemaString", change.apply(metadata.get("schemaString").asText())));
  }

  /** Commits a protocol of table features. */
  public long foreignProtocol(String... writerFeatures) throws IOException {
    ObjectNode protocol = JSON.createObjectNode().put("minReaderVersion", 1);
    protocol.put("minWriterVersion", 7);
    var features = protocol.putArray("writerFeatures");
    for (String feature : writerFeatures) {
      features.add(feature);
    }
    return foreign(Map.of("protocol", protocol));
  }

  private ObjectNode metadata() throws IOException {
    for (long version = newest(); version >= 0; version--) {
      List<JsonNode> found = actions(version, "metaData");
      if (!found.isEmpty()) {
        return found.get(0).deepCopy();
      }
    }
    throw new IOException("no metaData");
  }
}
