package io.tidemark.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.DataFile;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data files written again without some of their rows. */
class RowCopyTest {

  private static final SegmentId OTHER = new SegmentId(new SessionId(4, 42, 1, "5f1c2a9b"), 3);

  @TempDir private Path directory;
  private WriterHarness harness;

  @BeforeEach
  void harness() {
    harness = harness("a");
  }

  private WriterHarness harness(String name) {
    WriterHarness made = new WriterHarness(directory.resolve(name));
    made.table(
        List.of("day"),
        new Column("day", Primitive.STRING, true),
        new Column("id", Primitive.LONG, true),
        new Column("text", Primitive.STRING, true),
        new Column("raw", Primitive.BINARY, true),
        new Column("f", Primitive.DOUBLE, true),
        new Column("ok", Primitive.BOOLEAN, true),
        new Column("at", Primitive.TIMESTAMP, true),
        new Column("d9", new Decimal(9, 2), true),
        new Column("d38", new Decimal(38, 2), true),
        new Column("list", new ColumnType.Array(Primitive.LONG, true), true),
        new Column("map", new ColumnType.Map(Primitive.STRING, Primitive.LONG, true), true),
        new Column(
            "tree",
            new ColumnType.Struct(List.of(new Column("leaf", Primitive.STRING, true))),
            true));
    return made;
  }

  private SinkRecord row(long id) {
    if (id % 4 == 0) {
      return harness.map("day", "mon", "id", id);
    }
    return harness.map(
        "day",
        "mon",
        "id",
        id,
        "text",
        "tëxt " + id,
        "raw",
        new byte[] {(byte) id, 0},
        "f",
        id / 2.0,
        "ok",
        id % 2 == 0,
        "d9",
        new BigDecimal("-1.50"),
        "d38",
        new BigDecimal(id + "0000000000000000000.25"),
        "list",
        id % 3 == 0 ? List.of() : Arrays.asList(id, null),
        "map",
        Map.of("k", id),
        "tree",
        Map.of("leaf", "l" + id));
  }

  private DataFile file(int rows) throws IOException {
    SinkRecord[] records = new SinkRecord[rows];
    for (int i = 0; i < rows; i++) {
      records[i] = row(i);
    }
    DataFile file = harness.write(records).get(0);
    assertThat(harness.reasons).isEmpty();
    return file;
  }

  private static BitSet bits(int... set) {
    BitSet bits = new BitSet();
    Arrays.stream(set).forEach(bits::set);
    return bits;
  }

  private static List<String> texts(List<Group> rows) {
    return rows.stream().map(Group::toString).toList();
  }

  @Test
  void hasAllOtherRowsAsTheyWere() throws IOException {
    DataFile source = file(9);
    List<String> expected = new ArrayList<>(texts(harness.read(source)));
    List.of(8, 5, 1, 0).forEach(row -> expected.remove((int) row));

    ParquetRecordWriter writer = harness.writer();
    writer.begin(WriterHarness.owner(OTHER));
    writer.copy(source, bits(0, 1, 5, 8));
    DataFile copy = writer.finish().get(0);

    assertThat(texts(harness.read(copy))).isEqualTo(expected).hasSize(5);
    assertThat(copy.rows()).isEqualTo(5);
    assertThat(copy.schema()).isEqualTo(source.schema());
    assertThat(copy.partitionValues()).isEqualTo(source.partitionValues());
    assertThat(copy.path()).startsWith("day=mon/part-" + OTHER + "-00000");
    assertThat(copy.bytes()).isEqualTo(Path.of(copy.table(), copy.path()).toFile().length());
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(copy.statistics()).at("/minValues/id").asLong()).isEqualTo(2);
    assertThat(json.readTree(copy.statistics()).at("/maxValues/id").asLong()).isEqualTo(7);
    assertThat(json.readTree(copy.statistics()).at("/numRecords").asLong()).isEqualTo(5);
    assertThat(json.readTree(copy.statistics()).at("/nullCount/text").asLong()).isEqualTo(1);
  }

  @Test
  void statisticsAreThoseOfAFileWithTheseRowsOnly() throws IOException {
    DataFile source = file(9);
    ParquetRecordWriter writer = harness.writer();
    writer.begin(WriterHarness.owner(OTHER));
    writer.copy(source, bits(3, 4, 5, 6, 7, 8));
    String copied = writer.finish().get(0).statistics();
    harness = harness("b");
    assertThat(copied).isEqualTo(file(3).statistics());
  }

  /** The driver keeps its writers for long, and others change the columns meanwhile. */
  @Test
  void describesAFileByTheColumnsThatItWasWrittenForOrNotAtAll() throws IOException {
    DataFile old = file(3);
    ParquetRecordWriter writer = harness.writer();
    writer.begin(WriterHarness.owner(OTHER));
    writer.copy(old, bits(0));
    ParquetRecordWriter another = harness.writer();
    another.begin(WriterHarness.owner(OTHER.next()));
    another.write(List.of(harness.map("day", "mon", "id", 1L, "later", 5L), row(1)));
    DataFile newer = another.finish().get(0);
    assertThat(newer.schema()).isNotEqualTo(old.schema());
    writer.copy(newer, bits(1));
    writer.copy(old, bits(1));
    List<DataFile> copies = writer.finish();
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(copies.get(1).statistics()).at("/maxValues/later").asLong())
        .isEqualTo(5);
    assertThat(json.readTree(copies.get(2).statistics()).at("/numRecords").asLong()).isEqualTo(2);
    assertThat(json.readTree(copies.get(2).statistics()).at("/maxValues")).isEmpty();
  }

  @Test
  void refusesToDropARowThatTheFileDoesNotHave() throws IOException {
    DataFile source = file(3);
    ParquetRecordWriter writer = harness.writer();
    writer.begin(WriterHarness.owner(OTHER));
    assertThatThrownBy(() -> writer.copy(source, bits(3)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has 3 rows");
    writer.abort();
    assertThat(harness.found()).containsExactlyElementsOf(WriterHarness.paths(source));
  }

  @Test
  void tellsWhereEachRowIs() throws IOException {
    List<String> places = new ArrayList<>();
    ParquetRecordWriter writer = harness.writer();
    writer.write(
        List.of(
            harness.map("day", "mon", "id", 0L),
            harness.map("day", "tue", "id", 1L),
            harness.map("day", "mon", "id", 2L),
            harness.map("day", "tue", "id", 3L),
            harness.map("day", "mon", "id", 4L)),
        new RowGate() {
          @Override
          public boolean admits(SinkRecord record) {
            return record.kafkaOffset() != 2;
          }

          @Override
          public void written(SinkRecord record, int file, long position) {
            places.add(record.kafkaOffset() + " in " + file + " at " + position);
          }
        });
    assertThat(places).containsExactly("0 in 0 at 0", "1 in 1 at 0", "3 in 1 at 1", "4 in 0 at 1");
    List<DataFile> files = writer.finish();
    assertThat(files.get(0).path()).startsWith("day=mon/");
    assertThat(files.get(1).path()).startsWith("day=tue/");
    assertThat(files).extracting(DataFile::rows).containsExactly(2L, 2L);
  }
}
