package io.tidemark.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.DeltaTables;
import io.tidemark.sink.record.MetadataColumn;
import io.tidemark.sink.record.NullValues;
import io.tidemark.sink.record.PartitionField;
import io.tidemark.sink.record.RecordOptions;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.record.SchemaEvolution;
import io.tidemark.sink.record.TableRouter;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one record causes, that record bears: the others land, and it leaves no trace. */
class RejectedRecordsTest {

  @TempDir private Path directory;

  private final DeltaTables tables = new DeltaTables(new HadoopFileSystems(Map.of()), "test");
  private final List<String> reasons = new ArrayList<>();
  private Map<String, String> properties = Map.of();
  private List<PartitionField> partitions = List.of();
  private List<MetadataColumn> metadata = List.of();
  private int records;

  static Stream<Arguments> records() {
    return Stream.of(
        Arguments.of("a name that plain tables do not take", Map.of("first name", 1L), "TM-231"),
        Arguments.of("such a name in a struct", Map.of("a", Map.of("x;y", 1L)), "TM-231"),
        Arguments.of("in a list", Map.of("a", List.of(Map.of("x,y", 1L))), "TM-231"),
        Arguments.of("a name of the change feed", Map.of("_change_type", "insert"), "TM-232"),
        Arguments.of("in any case", Map.of("_Commit_Version", 7L), "TM-232"),
        Arguments.of("nested one level too deep", nested(41), "TM-253"),
        Arguments.of("nested beyond any stack", nested(100_000), "TM-253"),
        Arguments.of("lists beyond any stack", lists(100_000), "TM-253"),
        Arguments.of("names that differ only in case", Map.of("a", twoCases()), "TM-251"),
        Arguments.of("a list of contradictions", Map.of("a", List.of(1L, "x")), "TM-250"),
        Arguments.of("a value that does not fit", Map.of("id", "x", "junk", 5L), "TM-104"),
        Arguments.of("a new value that fits no column", Map.of("a", new Object()), "TM-254"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("records")
  void rejectsItFromATableThatIsThere(String what, Map<String, ?> bad, String code)
      throws IOException {
    properties = Map.of("delta.enableChangeDataFeed", "true");
    ParquetRecordWriter writer = writer();
    writer.write(List.of(record(Map.of("id", 1L))));
    writer.write(List.of(record(bad), record(Map.of("id", 2L)), record(Map.of("ok", 3L))));
    assertThat(reasons).hasSize(1).allMatch(reason -> reason.contains(code));
    assertThat(rows(writer)).isEqualTo(3);
    assertThat(columns()).containsExactly("id", "ok");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("records")
  void rejectsItFromATableThatIsToBeCreated(String what, Map<String, ?> bad, String code)
      throws IOException {
    properties = Map.of("delta.enableChangeDataFeed", "true");
    Map<String, Object> good = bad.containsKey("id") ? Map.of("id", 1L) : Map.of("ok", 1L);
    ParquetRecordWriter writer = writer();
    writer.write(List.of(record(good), record(bad), record(good)));
    assertThat(reasons).hasSize(1).allMatch(reason -> reason.contains(code));
    assertThat(rows(writer)).isEqualTo(2);
    assertThat(columns()).containsExactlyElementsOf(good.keySet());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("records")
  void saysTheRealReasonWhereItIsTheOnlyRecord(String what, Map<String, ?> bad, String code)
      throws IOException {
    properties = Map.of("delta.enableChangeDataFeed", "true");
    if (code.equals("TM-104")) {
      return;
    }
    ParquetRecordWriter writer = writer();
    writer.write(List.of(record(bad)));
    assertThat(reasons).hasSize(1).allMatch(reason -> reason.contains(code));
    assertThat(tables.open(location())).isEmpty();
    writer.write(List.of(record(Map.of("id", 1L))));
    assertThat(rows(writer)).isEqualTo(1);
  }

  @Test
  void takesNamesOfAllKindsUnderColumnMapping() throws IOException {
    properties = Map.of("delta.columnMapping.mode", "name");
    ParquetRecordWriter writer = writer();
    writer.write(List.of(record(Map.of("first name", 1L)), record(Map.of("a=b", "x"))));
    assertThat(reasons).isEmpty();
    assertThat(columns()).containsExactlyInAnyOrder("first name", "a=b");
  }

  /** With a schema the limit is the same. */
  @Test
  void rejectsSchemasThatAreTooDeep() throws IOException {
    ParquetRecordWriter writer = writer();
    writer.write(List.of(struct(40), struct(41), struct(40)));
    assertThat(reasons).hasSize(1).allMatch(reason -> reason.contains("TM-253"));
    assertThat(rows(writer)).isEqualTo(2);
  }

  @Test
  void takesAsDeepAsTheLimit() throws IOException {
    ParquetRecordWriter writer = writer();
    writer.write(List.of(record(nested(40))));
    assertThat(reasons).isEmpty();
    assertThat(rows(writer)).isEqualTo(1);
  }

  @Test
  void rejectsAnEmptyTextForAPartitionThatIsNotNull() throws IOException {
    create(List.of("p"), new Column("id", Primitive.LONG, true), text("p", false));
    ParquetRecordWriter writer = writer();
    writer.write(List.of(record(Map.of("id", 1L, "p", "")), record(Map.of("id", 2L, "p", "x"))));
    assertThat(reasons).hasSize(1).allMatch(reason -> reason.contains("TM-104"));
    assertThat(rows(writer)).isEqualTo(1);
  }

  @Test
  void rejectsHalfASurrogatePairAsAPartition() throws IOException {
    create(List.of("p"), new Column("id", Primitive.LONG, true), text("p", true));
    ParquetRecordWriter writer = writer();
    writer.write(
        List.of(
            record(Map.of("id", 1L, "p", "a\ud800")),
            record(Map.of("id", 2L, "p", "\udc00\ud800")),
            record(Map.of("id", 3L, "p", "\ud83d\ude00"))));
    assertThat(reasons).hasSize(2).allMatch(reason -> reason.contains("TM-104"));
    assertThat(rows(writer)).isEqualTo(1);
  }

  /** Spark makes such a directory when it rewrites the row, and could not. */
  @Test
  void rejectsPartitionsTooLongForADirectory() throws IOException {
    create(List.of("p"), new Column("id", Primitive.LONG, true), text("p", true));
    ParquetRecordWriter writer = writer();
    writer.write(
        List.of(
            record(Map.of("id", 1L, "p", "x".repeat(254))),
            record(Map.of("id", 2L, "p", "東".repeat(85))),
            record(Map.of("id", 3L, "p", "/".repeat(85))),
            record(Map.of("id", 4L, "p", "x".repeat(100_000)))));
    assertThat(reasons).hasSize(4).allMatch(reason -> reason.contains("TM-104"));
  }

  @Test
  void writesPartitionsOfAnyOtherText() throws IOException {
    create(List.of("p"), new Column("id", Primitive.LONG, true), text("p", true));
    ParquetRecordWriter writer = writer();
    writer.write(
        List.of(
            record(Map.of("id", 1L, "p", "x".repeat(252))),
            record(Map.of("id", 2L, "p", "x".repeat(253))),
            record(Map.of("id", 3L, "p", "東".repeat(84))),
            record(Map.of("id", 4L, "p", "é"))));
    assertThat(reasons).isEmpty();
    List<DataFile> files = writer.finish();
    assertThat(files).extracting(DataFile::path).doesNotHaveDuplicates().hasSize(4);
    assertThat(files)
        .extracting(DataFile::path)
        .allMatch(path -> path.chars().allMatch(c -> c < 0x7f))
        .allMatch(path -> path.indexOf('/') <= 200);
  }

  @Test
  void rejectsTimestampsOfRecordsThatOverflow() throws IOException {
    metadata = List.of(MetadataColumn.TIMESTAMP);
    ParquetRecordWriter writer = writer();
    writer.write(
        List.of(
            at(1_700_000_000_000L),
            at(1_700_000_000_000_000_000L),
            at(Long.MAX_VALUE),
            at(Long.MIN_VALUE)));
    assertThat(reasons)
        .hasSize(3)
        .allMatch(reason -> reason.contains("TM-104") && reason.contains("_kafka_timestamp"));
    assertThat(rows(writer)).isEqualTo(1);
  }

  @Test
  void rejectsKeysThatAreTooDeepForJson() throws IOException {
    metadata = List.of(MetadataColumn.KEY);
    ParquetRecordWriter writer = writer();
    SinkRecord deep =
        new SinkRecord("t", 0, null, nested(2_000), null, Map.of("id", 1L), records++);
    writer.write(List.of(deep, record(Map.of("id", 1L))));
    assertThat(reasons).hasSize(1).allMatch(reason -> reason.contains("TM-104"));
    assertThat(rows(writer)).isEqualTo(1);
  }

  /** A record without the partition column cannot create the table; others can. */
  @Test
  void createsThePartitionedTableWithTheFirstRecordThatCan() throws IOException {
    partitions = List.of(PartitionField.parse("date(ts)"));
    ParquetRecordWriter writer = writer();
    writer.write(List.of(record(Map.of("id", 1L)), record(Map.of("id", 2L, "ts", "yesterday"))));
    assertThat(reasons).hasSize(2).allMatch(reason -> reason.contains("TM-112"));
    assertThat(tables.open(location())).isEmpty();
  }

  /** A transformation may take the topic from the value. */
  @Test
  void rejectsTopicsThatNameNoTable() throws IOException {
    ParquetRecordWriter writer =
        writer(TableRouter.byTopic(directory.toString(), "${topic}", Optional.empty()));
    writer.write(List.of(to("orders"), to("../etc"), to("a b"), to("x".repeat(300)), to("orders")));
    assertThat(reasons).hasSize(3).allMatch(reason -> reason.startsWith("TM-111"));
    assertThat(rows(writer)).isEqualTo(2);
  }

  @Test
  void tellsNoValueOfARecord() throws IOException {
    properties = Map.of("delta.enableChangeDataFeed", "true");
    ParquetRecordWriter writer = writer();
    writer.write(List.of(record(Map.of("id", 1L))));
    writer.write(
        List.of(
            record(Map.of("id", "secret")),
            record(Map.of("x y", "secret")),
            record(Map.of("_change_type", "secret")),
            record(Map.of("a", List.of("secret", 1L)))));
    assertThat(reasons).hasSize(4).noneMatch(reason -> reason.contains("secret"));
  }

  private ParquetRecordWriter writer() {
    return writer(TableRouter.single(location()));
  }

  private ParquetRecordWriter writer(TableRouter router) {
    Rejects rejects =
        new Rejects(
            Optional.of(
                (record, reason) -> {
                  assertThat(reason).isInstanceOf(TidemarkException.class);
                  reasons.add(reason.getMessage());
                  return CompletableFuture.completedFuture(null);
                }),
            true);
    DataFileStore store = new DataFileStore(new HadoopFileSystems(Map.of()));
    ParquetRecordWriter writer =
        new ParquetRecordWriter(
            store,
            new NewTables(tables, location -> {}, store, false),
            router,
            new TableOptions(true, properties),
            new RecordOptions(NullValues.IGNORE, metadata, SchemaEvolution.ADD, partitions),
            FileOptions.defaults(),
            rejects);
    writer.begin(WriterHarness.owner(WriterHarness.SEGMENT));
    return writer;
  }

  private static long rows(ParquetRecordWriter writer) throws IOException {
    return writer.finish().stream().mapToLong(DataFile::rows).sum();
  }

  private String location() {
    return directory.resolve("table").toString();
  }

  private void create(List<String> partitionColumns, Column... columns) throws IOException {
    tables.create(
        location(),
        new TableSchema(new ColumnType.Struct(List.of(columns)), partitionColumns),
        Map.of());
  }

  private List<String> columns() throws IOException {
    return tables.open(location()).orElseThrow().schema().columns().columns().stream()
        .map(Column::name)
        .toList();
  }

  private static Column text(String name, boolean nullable) {
    return new Column(name, Primitive.STRING, nullable);
  }

  private SinkRecord record(Object value) {
    return new SinkRecord("t", 0, null, null, null, value, records++);
  }

  private SinkRecord to(String topic) {
    return new SinkRecord(topic, 0, null, null, null, Map.of("id", 1L), records++);
  }

  private SinkRecord at(long timestamp) {
    return new SinkRecord(
        "t",
        0,
        null,
        null,
        null,
        Map.of("id", 1L),
        records++,
        timestamp,
        TimestampType.CREATE_TIME);
  }

  private SinkRecord struct(int levels) {
    Schema schema = Schema.OPTIONAL_INT64_SCHEMA;
    for (int level = 0; level < levels; level++) {
      schema = SchemaBuilder.struct().optional().field("n", schema).build();
    }
    Object value = 1L;
    List<Schema> schemas = new ArrayList<>();
    for (Schema at = schema; at.type() == Schema.Type.STRUCT; at = at.field("n").schema()) {
      schemas.add(0, at);
    }
    for (Schema at : schemas) {
      value = new Struct(at).put("n", value);
    }
    return new SinkRecord("t", 0, null, null, schema, value, records++);
  }

  private static Map<String, ?> nested(int levels) {
    Map<String, Object> value = Map.of("n", 1L);
    for (int level = 1; level < levels; level++) {
      value = Map.of("n", value);
    }
    return value;
  }

  private static Map<String, ?> lists(int levels) {
    Object value = 1L;
    for (int level = 0; level < levels; level++) {
      value = List.of(value);
    }
    return Map.of("a", value);
  }

  private static Map<String, ?> twoCases() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("x", 1L);
    value.put("X", 2L);
    return value;
  }
}
