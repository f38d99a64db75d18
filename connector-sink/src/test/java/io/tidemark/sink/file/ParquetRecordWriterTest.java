package io.tidemark.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.DataFile;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.sink.record.MetadataColumn;
import io.tidemark.sink.record.NewNumbers;
import io.tidemark.sink.record.NullValues;
import io.tidemark.sink.record.PartitionField;
import io.tidemark.sink.record.RecordOptions;
import io.tidemark.sink.record.SchemaEvolution;
import io.tidemark.sink.record.TableRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetRecordWriterTest {

  @TempDir private Path directory;
  private WriterHarness harness;

  @BeforeEach
  void harness() {
    harness = new WriterHarness(directory);
  }

  @Test
  void createsTheTableFromAllRecordsOfTheFirstPut() throws IOException {
    DataFile file =
        only(harness.write(harness.map("id", 1L, "x", 1L), harness.map("id", 2L, "x", 0.5)));

    assertThat(harness.table().schema.columns().toString()).isEqualTo("struct<id:long,x:double>");
    assertThat(harness.read(file)).map(row -> row.getDouble("x", 0)).containsExactly(1.0, 0.5);
    assertThat(file.rows()).isEqualTo(2);
    assertThat(file.path())
        .isEqualTo("part-00003-0000002a-0001-5f1c2a9b-000017-00000.zstd.parquet");
    assertThat(file.bytes()).isEqualTo(Files.size(Path.of(harness.location, file.path())));
    assertThat(harness.found()).as("nothing beside it").containsExactly(file.path());
  }

  /** Producers that leave out a fraction of zero: which number comes first must not matter. */
  @Test
  void makesEveryNewNumberADoubleWhereThatIsWanted() throws IOException {
    harness.records =
        new RecordOptions(
            NullValues.IGNORE, List.of(), SchemaEvolution.ADD, List.of(), NewNumbers.DOUBLE);
    ParquetRecordWriter writer = harness.writer();
    writer.write(List.of(harness.map("price", 10L, "s", Map.of("x", List.of(1L)))));
    writer.write(List.of(harness.map("price", 10.5, "s", Map.of("x", List.of(0.5)))));
    assertThat(harness.reasons).isEmpty();
    assertThat(harness.table().schema.columns())
        .hasToString("struct<price:double,s:struct<x:array<double>>>");
    assertThat(writer.finish()).hasSize(1);
  }

  @Test
  void evolvesInMidSegmentOnceForAllThatAPutBrings() throws IOException {
    ParquetRecordWriter writer = harness.writer();
    writer.write(List.of(harness.map("id", 1L)));
    writer.write(
        List.of(
            harness.map("id", 2L, "a", 5L, "o", Map.of("p", 1L)),
            harness.map("id", 3L, "b", "x", "o", Map.of("q", true)),
            harness.map("id", 4L)));
    writer.write(List.of(harness.map("id", 5L), harness.map("id", 6L, "a", 7L)));
    List<DataFile> files = writer.finish();

    assertThat(harness.table().evolutions).isEqualTo(1);
    assertThat(files).map(DataFile::rows).containsExactly(1L, 5L);
    List<Group> rows = harness.read(files.get(1));
    assertThat(rows).map(row -> row.getLong("id", 0)).containsExactly(2L, 3L, 4L, 5L, 6L);
    assertThat(rows).map(row -> row.getFieldRepetitionCount("a")).containsExactly(1, 0, 0, 0, 1);
    assertThat(rows.get(1).getGroup("o", 0).getBoolean("q", 0)).isTrue();
  }

  @Test
  void recordsOfDifferentSchemasShareAFile() throws IOException {
    Schema wide =
        SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("a", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    Schema narrow = SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    List<SinkRecord> records = new ArrayList<>();
    for (long i = 0; i < 100; i++) {
      records.add(
          i % 2 == 0
              ? harness.struct(new Struct(narrow).put("id", i))
              : harness.struct(new Struct(wide).put("id", i)));
    }
    assertThat(harness.write(records.toArray(SinkRecord[]::new))).hasSize(1);
    assertThat(harness.table().schema.columns().columns()).map(Column::name).contains("a");
  }

  @Test
  void rejectsWholeRecordsAndWritesTheOthers() throws IOException {
    harness.table(
        List.of(),
        new Column("id", Primitive.LONG, false),
        new Column("items", Primitive.INTEGER, true));
    DataFile file =
        only(
            harness.write(
                harness.map("id", 1L, "items", 1L),
                harness.map("id", 2L, "items", 1L << 40),
                harness.map("items", 3L),
                harness.record(null, "text"),
                harness.map("id", 4L, "items", "four"),
                harness.map("id", 5L)));

    assertThat(harness.read(file)).map(row -> row.getLong("id", 0)).containsExactly(1L, 5L);
    assertThat(harness.rejected).map(SinkRecord::kafkaOffset).containsExactly(1L, 2L, 3L, 4L);
    assertThat(harness.reasons.get(0))
        .hasMessageStartingWith("TM-104 Cannot write field items of orders-2@1: a long does not");
    assertThat(harness.reasons.get(1))
        .hasMessageContaining("field id")
        .hasMessageContaining("NULL");
    assertThat(harness.reasons.get(2)).hasMessageStartingWith("TM-100");
    assertThat(harness.reasons.get(3)).hasMessageContaining("a string is no integer");
    assertThat(harness.reasons).noneMatch(e -> e.getMessage().contains("four"));
  }

  @Test
  void failsOnTheFirstBadRecordWhenErrorsAreNotTolerated() throws IOException {
    harness.tolerant = false;
    harness.table(List.of(), new Column("id", Primitive.LONG, false));
    ParquetRecordWriter writer = harness.writer();
    List<SinkRecord> records = List.of(harness.map("id", 1L), harness.map("id", "x"));

    assertThatThrownBy(() -> writer.write(records))
        .hasMessageStartingWith("TM-104 Cannot write field id of orders-2@1");
    writer.abort();
    assertThat(harness.found()).isEmpty();
  }

  @Test
  void rejectsUnknownFieldsWithoutEvolution() throws IOException {
    harness.records =
        new RecordOptions(NullValues.IGNORE, List.of(), SchemaEvolution.NONE, List.of());
    harness.table(List.of(), new Column("id", Primitive.LONG, true));
    DataFile file =
        only(
            harness.write(
                harness.map("id", 1L, "extra", 1L),
                harness.map("id", 2L, "extra", null, "list", List.of())));

    assertThat(harness.reasons).hasSize(1);
    assertThat(harness.reasons.get(0)).hasMessageStartingWith("TM-102 Cannot write field extra of");
    assertThat(file.rows()).isEqualTo(1);
    assertThat(harness.table().evolutions).isZero();
  }

  @Test
  void tombstonesAreIgnoredOrRejected() throws IOException {
    assertThat(harness.write(harness.record(null, null))).isEmpty();
    assertThat(harness.rejected).isEmpty();

    harness.records = new RecordOptions(NullValues.FAIL, List.of(), SchemaEvolution.ADD, List.of());
    assertThat(harness.write(harness.record(null, null), harness.map("id", 1L))).hasSize(1);
    assertThat(harness.reasons.get(0)).hasMessageStartingWith("TM-101");
  }

  @Test
  void rejectsRecordsThatCannotCreateATable() throws IOException {
    assertThat(harness.write(harness.map("x", null), harness.record(null, 5L))).isEmpty();
    assertThat(harness.tables.tables).isEmpty();
    assertThat(harness.reasons.get(0)).hasMessageStartingWith("TM-106");
    assertThat(harness.reasons.get(1)).hasMessageStartingWith("TM-100");
  }

  @Test
  void routesPartitionsToTheirOwnFilesWhateverTheirCharacters() throws IOException {
    harness.records = partitionedBy("region");
    List<DataFile> files =
        harness.write(
            harness.map("id", 1L, "region", "a/b=c %é"),
            harness.map("id", 2L, "region", ""),
            harness.map("id", 3L, "region", null),
            harness.map("id", 4L, "region", "a/b=c %é"));

    assertThat(files).hasSize(2);
    assertThat(files.get(0).path()).startsWith("region=a%2Fb%3Dc %25%C3%A9/part-00003-");
    assertThat(files.get(0).partitionValues()).containsExactly(Map.entry("region", "a/b=c %é"));
    assertThat(harness.read(files.get(0))).map(row -> row.getLong("id", 0)).containsExactly(1L, 4L);
    assertThat(harness.read(files.get(0)).get(0).getType().containsField("region")).isFalse();
    assertThat(files.get(1).path()).startsWith("region=__HIVE_DEFAULT_PARTITION__/");
    assertThat(files.get(1).partitionValues()).containsEntry("region", null);
    assertThat(files.get(1).rows()).isEqualTo(2);
    assertThat(harness.found())
        .containsExactlyElementsOf(WriterHarness.paths(files.toArray(DataFile[]::new)));
  }

  @Test
  void materialisesDatesAndHours() throws IOException {
    Schema schema =
        SchemaBuilder.struct()
            .field("ts", org.apache.kafka.connect.data.Timestamp.builder().optional().build())
            .build();
    harness.records = partitionedBy("date(ts)", "hour(ts)");
    List<DataFile> files =
        harness.write(
            harness.struct(new Struct(schema).put("ts", java.util.Date.from(instant(-1)))),
            harness.struct(new Struct(schema).put("ts", java.util.Date.from(instant(0)))),
            harness.struct(new Struct(schema)));

    assertThat(harness.table().schema.columns().toString())
        .isEqualTo("struct<ts:timestamp,ts_date:date,ts_hour:integer>");
    assertThat(files)
        .map(file -> file.path().replaceFirst("part-.*", ""))
        .containsExactly(
            "ts_date=1969-12-31/ts_hour=23/",
            "ts_date=1970-01-01/ts_hour=0/",
            "ts_date=__HIVE_DEFAULT_PARTITION__/ts_hour=__HIVE_DEFAULT_PARTITION__/");
  }

  @Test
  void refusesPartitionsOtherThanTheTables() {
    harness.records = partitionedBy("a");
    harness.table(
        List.of("b"), new Column("a", Primitive.LONG, true), new Column("b", Primitive.LONG, true));
    assertThatThrownBy(() -> harness.write(harness.map("a", 1L)))
        .hasMessageStartingWith("TM-121")
        .hasMessageContaining("[b]");
  }

  @Test
  void metadataNamesTheOriginalRecord() throws IOException {
    harness.records =
        new RecordOptions(
            NullValues.IGNORE,
            Arrays.asList(MetadataColumn.values()),
            SchemaEvolution.ADD,
            List.of());
    SinkRecord original = harness.map("id", 1L);
    original.headers().addString("h", "v").addInt("n", 7);
    SinkRecord renamed =
        original.newRecord(
            "renamed",
            9,
            null,
            Map.of("k", 1L),
            null,
            original.value(),
            1_234L,
            original.headers());
    Group row = harness.read(only(harness.write(renamed))).get(0);

    assertThat(row.getString("_kafka_topic", 0)).isEqualTo("orders");
    assertThat(row.getInteger("_kafka_partition", 0)).isEqualTo(2);
    assertThat(row.getLong("_kafka_offset", 0)).isEqualTo(0);
    assertThat(row.getLong("_kafka_timestamp", 0)).isEqualTo(1_234_000L);
    assertThat(row.getString("_kafka_key", 0)).isEqualTo("{\"k\":1}");
    Group headers = row.getGroup("_kafka_headers", 0);
    assertThat(headers.getGroup(0, 1).getString("key", 0)).isEqualTo("n");
    assertThat(headers.getGroup(0, 1).getString("value", 0)).isEqualTo("7");
  }

  @Test
  void rejectsFieldsThatTheConnectorFills() throws IOException {
    harness.records =
        new RecordOptions(
            NullValues.IGNORE, List.of(MetadataColumn.TOPIC), SchemaEvolution.ADD, List.of());
    harness.write(harness.map("id", 1L), harness.map("id", 1L, "_kafka_topic", "forged"));
    assertThat(harness.reasons).hasSize(1);
    assertThat(harness.reasons.get(0)).hasMessageStartingWith("TM-103");
  }

  @Test
  void budgetClosesTheFileThatHoldsMost() throws IOException {
    harness.records = partitionedBy("p");
    harness.files = new FileOptions(CompressionCodecName.SNAPPY, 1 << 30, 10, 300_000, 1 << 30);
    ParquetRecordWriter writer = harness.writer();
    Random random = new Random(7);
    writer.write(List.of(harness.map("p", "small", "text", noise(random, 1000))));
    for (int i = 0; i < 1500; i++) {
      writer.write(List.of(harness.map("p", "large", "text", noise(random, 1000))));
    }
    writer.write(List.of(harness.map("p", "small", "text", noise(random, 1000))));
    List<DataFile> files = writer.finish();

    assertThat(files).filteredOn(file -> file.path().startsWith("p=small/")).hasSize(1);
    assertThat(files)
        .filteredOn(file -> file.path().startsWith("p=large/"))
        .hasSizeGreaterThan(1)
        .allSatisfy(file -> assertThat(file.bytes()).isBetween(100_000L, 700_000L));
    assertThat(files.stream().mapToLong(DataFile::rows).sum()).isEqualTo(1502);
  }

  @Test
  void openFileCapClosesTheLeastRecentlyUsed() throws IOException {
    harness.records = partitionedBy("p");
    harness.files = new FileOptions(CompressionCodecName.SNAPPY, 1 << 30, 2, 1 << 30, 1 << 30);
    List<DataFile> files =
        harness.write(
            harness.map("p", "a", "i", 1L),
            harness.map("p", "b", "i", 2L),
            harness.map("p", "a", "i", 3L),
            harness.map("p", "c", "i", 4L),
            harness.map("p", "a", "i", 5L),
            harness.map("p", "b", "i", 6L));

    assertThat(files)
        .map(file -> file.partitionValues().get("p") + file.rows())
        .containsExactly("a3", "b1", "c1", "b1");
  }

  @Test
  void rollsFilesAtTheirTargetSize() throws IOException {
    harness.files =
        new FileOptions(CompressionCodecName.UNCOMPRESSED, 100_000, 10, 1 << 30, 50_000);
    Random random = new Random(7);
    SinkRecord[] records = new SinkRecord[1000];
    Arrays.setAll(records, i -> harness.map("text", noise(random, 1000)));
    List<DataFile> files = harness.write(records);

    assertThat(files).hasSizeBetween(3, 8);
    assertThat(files.stream().mapToLong(DataFile::rows).sum()).isEqualTo(1000);
  }

  @Test
  void abortDeletesClosedAndOpenFilesAndAllowsAnotherSegment() throws IOException {
    harness.records = partitionedBy("p");
    harness.files = new FileOptions(CompressionCodecName.ZSTD, 1 << 30, 1, 1 << 30, 1 << 30);
    ParquetRecordWriter writer = harness.writer();
    writer.write(List.of(harness.map("p", "a", "i", 1L), harness.map("p", "b", "i", 1L)));
    assertThat(harness.found()).hasSize(2);
    writer.abort();
    assertThat(harness.found()).isEmpty();

    writer.begin(WriterHarness.owner(WriterHarness.SEGMENT.next()));
    assertThat(writer.tableIds()).isEmpty();
    writer.write(List.of(harness.map("p", "a", "i", 1L)));
    assertThat(writer.rows()).isEqualTo(1);
    assertThat(writer.bytes()).isPositive();
    assertThat(writer.tableIds())
        .containsExactly(Map.entry(harness.location, "id of " + harness.location));
    assertThat(harness.read(only(writer.finish()))).hasSize(1);
  }

  @Test
  void abortAfterAFailedWriteLeavesForeignFilesAlone() throws IOException {
    ParquetRecordWriter first = harness.writer();
    first.write(List.of(harness.map("id", 1L)));
    DataFile file = only(first.finish());

    ParquetRecordWriter zombie = harness.writer();
    List<SinkRecord> records = List.of(harness.map("id", 2L));
    assertThatThrownBy(() -> zombie.write(records)).isInstanceOf(IOException.class);
    zombie.abort();
    assertThat(harness.read(file)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"ZSTD", "SNAPPY", "GZIP", "LZ4_RAW", "UNCOMPRESSED"})
  void writesEveryCodec(CompressionCodecName codec) throws IOException {
    harness.files = new FileOptions(codec, 1 << 30, 10, 1 << 30, 1 << 30);
    DataFile file = only(harness.write(harness.map("id", 1L)));
    assertThat(harness.read(file)).hasSize(1);
  }

  @Test
  void routesTopicsToTables() throws IOException {
    TableRouter router =
        TableRouter.byTopic(
            directory.toString(), "lake/${1}", Optional.of(Pattern.compile("shop\\.(.*)")));
    ParquetRecordWriter writer = harness.writer(router);
    writer.write(
        List.of(
            new SinkRecord("shop.a", 0, null, null, null, Map.of("x", 1L), 0),
            new SinkRecord("shop.b", 0, null, null, null, Map.of("y", 1L), 0),
            new SinkRecord("shop.a", 0, null, null, null, Map.of("x", 2L), 1)));
    assertThat(writer.finish())
        .map(file -> file.table().substring(directory.toString().length()) + file.rows())
        .containsExactly("/lake/a2", "/lake/b1");
  }

  private static RecordOptions partitionedBy(String... fields) {
    return new RecordOptions(
        NullValues.IGNORE,
        List.of(),
        SchemaEvolution.ADD,
        Arrays.stream(fields).map(PartitionField::parse).toList());
  }

  private static java.time.Instant instant(long ms) {
    return java.time.Instant.ofEpochMilli(ms);
  }

  private static String noise(Random random, int length) {
    StringBuilder text = new StringBuilder(length);
    random.ints(length, ' ', 127).forEach(c -> text.append((char) c));
    return text.toString();
  }

  private static DataFile only(List<DataFile> files) {
    assertThat(files).hasSize(1);
    return files.get(0);
  }
}
