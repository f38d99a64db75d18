package io.tidemark.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.common.DataFile;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.DeltaTables;
import io.tidemark.sink.record.RecordOptions;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.record.TableRouter;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a table asks of its writers, as other writers have set it up. */
class TableDemandsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private final DeltaTables tables = new DeltaTables(new HadoopFileSystems(Map.of()), "test");
  private final List<String> reasons = new ArrayList<>();
  private int records;

  @Test
  void describesTheColumnsThatItNames() throws IOException {
    create(column("a"), column("b"), column("c"));
    alter(meta -> properties(meta).put("delta.dataSkippingStatsColumns", "c, `a`"));
    assertThat(described(write(Map.of("a", 1L, "b", 2L, "c", 3L)))).containsExactly("a", "c");
  }

  @Test
  void describesAsManyColumnsAsItSays() throws IOException {
    create(column("a"), column("b"), column("c"));
    alter(meta -> properties(meta).put("delta.dataSkippingNumIndexedCols", "1"));
    assertThat(described(write(Map.of("a", 1L, "b", 2L, "c", 3L)))).containsExactly("a");
    alter(meta -> properties(meta).put("delta.dataSkippingNumIndexedCols", "-1"));
    assertThat(described(write(Map.of("a", 1L, "b", 2L, "c", 3L)))).containsExactly("a", "b", "c");
  }

  @Test
  void describesItsClusteringColumns() throws IOException {
    create(column("a"), column("b"), column("c"));
    alter(meta -> properties(meta).put("delta.dataSkippingStatsColumns", "a"));
    ObjectNode protocol = JSON.createObjectNode();
    protocol.put("minReaderVersion", 1).put("minWriterVersion", 7);
    protocol
        .putArray("writerFeatures")
        .add("appendOnly")
        .add("invariants")
        .add("domainMetadata")
        .add("clustering");
    ObjectNode domain = JSON.createObjectNode();
    domain.put("domain", "delta.clustering").put("removed", false);
    domain.put("configuration", "{\"clusteringColumns\":[[\"c\"]]}");
    commit(
        JSON.createObjectNode().set("protocol", protocol),
        JSON.createObjectNode().set("domainMetadata", domain));
    assertThat(described(write(Map.of("a", 1L, "b", 2L, "c", 3L)))).containsExactly("a", "c");
  }

  @Test
  void writesTextsOfTheLengthsThatSparkAsksFor() throws IOException {
    create(
        column("id"),
        text("code"),
        text("letter"),
        new Column("tags", new ColumnType.Array(Primitive.STRING, true), true));
    alter(
        meta -> {
          limit(meta, "code", "varchar(5)");
          limit(meta, "letter", "char(3)");
          limit(meta, "tags", "array<varchar(2)>");
        });
    write(
        Map.of("id", 1L, "code", "abcde  ", "letter", "x", "tags", List.of("ab")),
        Map.of("id", 2L, "code", "abcdef"),
        Map.of("id", 3L, "letter", "wxyz"),
        Map.of("id", 4L, "tags", List.of("a", "abc")));
    assertThat(reasons).hasSize(3).allMatch(reason -> reason.startsWith("TM-104"));
    assertThat(reasons.get(0)).contains("field code").contains("longer than varchar(5)");
    assertThat(reasons.get(1)).contains("field letter").contains("longer than char(3)");
    assertThat(reasons.get(2)).contains("field tags.element").contains("longer than varchar(2)");
  }

  @Test
  void leavesColumnsNullThatItCannotWrite() throws IOException {
    create(column("id"), text("v"));
    alter(
        meta ->
            schema(
                meta,
                text ->
                    text.replace(
                        "\"type\":\"string\"", "\"type\":{\"type\":\"struct\",\"fields\":[]}")));
    DataFile file = write(Map.of("id", 1L), Map.of("id", 2L, "v", "x"));
    assertThat(file.rows()).isEqualTo(1);
    assertThat(reasons).hasSize(1).allMatch(reason -> reason.contains("field v"));
    assertThat(footer(file).getSchema().containsField("v")).isFalse();
  }

  /** Spark 3 fails for dates before 1900 where nothing tells how they are counted. */
  @Test
  void saysHowDatesAreCounted() throws IOException {
    create(column("id"));
    assertThat(footer(write(Map.of("id", 1L))).getKeyValueMetaData())
        .hasEntrySatisfying(
            "org.apache.spark.version", version -> assertThat(version).isGreaterThan("3.1.0"))
        .doesNotContainKey("org.apache.spark.legacyDateTime");
  }

  private DataFile write(Object... values) throws IOException {
    reasons.clear();
    ParquetRecordWriter writer =
        new ParquetRecordWriter(
            new DataFileStore(new HadoopFileSystems(Map.of())),
            tables,
            TableRouter.single(location()),
            TableOptions.defaults(),
            RecordOptions.defaults(),
            FileOptions.defaults(),
            new Rejects(
                Optional.of(
                    (record, reason) -> {
                      reasons.add(reason.getMessage());
                      return CompletableFuture.completedFuture(null);
                    }),
                true));
    writer.begin(new FileOwner("owner-" + records, table -> {}));
    writer.write(
        List.of(values).stream()
            .map(value -> new SinkRecord("t", 0, null, null, null, value, records++))
            .toList());
    List<DataFile> files = writer.finish();
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  private static List<String> described(DataFile file) throws IOException {
    List<String> names = new ArrayList<>();
    JSON.readTree(file.statistics()).path("minValues").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static FileMetaData footer(DataFile file) throws IOException {
    org.apache.hadoop.fs.Path path =
        new org.apache.hadoop.fs.Path(Path.of(file.table(), file.path()).toUri());
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration(false)))) {
      return reader.getFooter().getFileMetaData();
    }
  }

  private String location() {
    return directory.resolve("table").toString();
  }

  private void create(Column... columns) throws IOException {
    tables.create(
        location(), new TableSchema(new ColumnType.Struct(List.of(columns)), List.of()), Map.of());
  }

  /** Another writer's change of the table's metadata. */
  private void alter(Consumer<ObjectNode> change) throws IOException {
    ObjectNode meta = null;
    for (long version = 0; Files.exists(commitFile(version)); version++) {
      for (String line : Files.readAllLines(commitFile(version))) {
        JsonNode found = JSON.readTree(line).path("metaData");
        meta = found.isObject() ? (ObjectNode) found : meta;
      }
    }
    change.accept(meta);
    commit(JSON.createObjectNode().set("metaData", meta));
  }

  private void commit(JsonNode... actions) throws IOException {
    long version = 0;
    while (Files.exists(commitFile(version))) {
      version++;
    }
    Files.write(commitFile(version), List.of(actions).stream().map(JsonNode::toString).toList());
  }

  private Path commitFile(long version) {
    return directory.resolve("table/_delta_log/%020d.json".formatted(version));
  }

  private static ObjectNode properties(ObjectNode meta) {
    return (ObjectNode) meta.path("configuration");
  }

  private static void limit(ObjectNode meta, String column, String type) {
    schema(
        meta,
        text -> {
          try {
            JsonNode schema = JSON.readTree(text);
            for (JsonNode field : schema.path("fields")) {
              if (field.path("name").asText().equals(column)) {
                ((ObjectNode) field.path("metadata")).put("__CHAR_VARCHAR_TYPE_STRING", type);
              }
            }
            return schema.toString();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private static void schema(ObjectNode meta, java.util.function.UnaryOperator<String> change) {
    meta.put("schemaString", change.apply(meta.path("schemaString").asText()));
  }

  private static Column column(String name) {
    return new Column(name, Primitive.LONG, true);
  }

  private static Column text(String name) {
    return new Column(name, Primitive.STRING, true);
  }
}
