package io.tidemark.delta.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnSchemas;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.TemporalMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of writers that are neither ours nor Spark's of today. */
class ParquetRowsTest {

  private static final Configuration CONF = new Configuration(false);

  @TempDir java.nio.file.Path directory;

  private Path write(String schema, int rows, BiConsumer<Group, Integer> filler)
      throws IOException {
    return write(schema, rows, Map.of(), filler);
  }

  private Path write(
      String schema, int rows, Map<String, String> footer, BiConsumer<Group, Integer> filler)
      throws IOException {
    MessageType type = MessageTypeParser.parseMessageType("message m { " + schema + " }");
    Path path = new Path(directory.resolve("f.parquet").toUri());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(path)
            .withConf(CONF)
            .withType(type)
            .withExtraMetaData(footer)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withRowGroupSize(4096L)
            .withPageSize(512)
            .withMinRowCountForPageSizeCheck(10)
            .build()) {
      for (int row = 0; row < rows; row++) {
        Group group = new SimpleGroup(type);
        filler.accept(group, row);
        writer.write(group);
      }
    }
    return path;
  }

  private static ParquetRows open(Path path, Map<Integer, Object> constants, Column... columns)
      throws IOException {
    return open(path, constants, Long.MAX_VALUE / 8, columns);
  }

  private static ParquetRows open(
      Path path, Map<Integer, Object> constants, long sliceBytes, Column... columns)
      throws IOException {
    ColumnType.Struct struct = new ColumnType.Struct(List.of(columns));
    Schema schema = ColumnSchemas.row(struct, "t", TemporalMode.MICROS);
    return new ParquetRows(
        HadoopInputFile.fromPath(path, CONF),
        ParquetReadOptions.builder().build(),
        new RowColumns(struct, schema, constants, "tag"),
        sliceBytes);
  }

  private static Object only(Path path, ColumnType type) throws IOException {
    try (ParquetRows rows = open(path, Map.of(), new Column("c", type, true))) {
      assertThat(rows.next()).isTrue();
      Struct value = rows.value();
      assertThat(rows.next()).isFalse();
      return value.get("c");
    }
  }

  @Test
  void seeksAcrossRowGroups() throws IOException {
    int count = 5_000;
    Path path = write("required int64 id;", count, (group, row) -> group.add("id", (long) row));
    Column id = new Column("id", Primitive.LONG, false);
    for (int step : new int[] {1, 7, 999, 2_500, 4_999}) {
      List<Long> read = new ArrayList<>();
      try (ParquetRows rows = open(path, Map.of(), id)) {
        for (long wanted = step - 1L; rows.seek(wanted); wanted += step) {
          assertThat(rows.position()).isEqualTo(wanted);
          read.add(rows.value().getInt64("id"));
        }
        assertThat(rows.seek(count)).isFalse();
      }
      int wide = step;
      assertThat(read)
          .isEqualTo(
              LongStream.iterate(wide - 1, from -> from < count, from -> from + wide)
                  .boxed()
                  .toList());
    }
  }

  @Test
  void readsRowGroupsInPartsThatFitIntoMemory() throws IOException {
    int count = 5_000;
    Path path =
        write(
            "required int64 id; optional binary t (STRING);",
            count,
            (group, row) -> {
              group.add("id", (long) row);
              if (row % 3 > 0) {
                group.add("t", "text " + row % 7);
              }
            });
    Column id = new Column("id", Primitive.LONG, false);
    Column text = new Column("t", Primitive.STRING, true);
    for (long bytes : new long[] {1, 100, 1_000, 1 << 20}) {
      for (int step : new int[] {1, 13, 1_001}) {
        try (ParquetRows rows = open(path, Map.of(), bytes, id, text)) {
          for (int wanted = step - 1; wanted < count; wanted += step) {
            assertThat(rows.seek(wanted)).isTrue();
            assertThat(rows.position()).isEqualTo(wanted);
            assertThat(rows.value().getInt64("id")).isEqualTo(wanted);
            assertThat(rows.value().getString("t"))
                .isEqualTo(wanted % 3 > 0 ? "text " + wanted % 7 : null);
          }
          assertThat(rows.seek(count)).isFalse();
        }
      }
    }
  }

  @Test
  void readsListsOfTheOldForms() throws IOException {
    ColumnType list = new ColumnType.Array(Primitive.INTEGER, true);
    Path bare =
        write(
            "optional group c (LIST) { repeated int32 array; }",
            1,
            (group, row) -> {
              Group c = group.addGroup("c");
              c.add("array", 1);
              c.add("array", 2);
            });
    assertThat(only(bare, list)).isEqualTo(List.of(1, 2));
    ColumnType.Struct element =
        new ColumnType.Struct(List.of(new Column("x", Primitive.INTEGER, true)));
    Path named =
        write(
            "optional group c (LIST) { repeated group array { optional int32 x; } }",
            1,
            (group, row) -> group.addGroup("c").addGroup("array").add("x", 5));
    List<?> structs = (List<?>) only(named, new ColumnType.Array(element, true));
    assertThat(structs).singleElement().extracting(e -> ((Struct) e).get("x")).isEqualTo(5);
    Path bag =
        write(
            "optional group c (LIST) { repeated group bag { optional int32 array_element; } }",
            1,
            (group, row) -> {
              Group c = group.addGroup("c");
              c.addGroup("bag").add("array_element", 9);
              c.addGroup("bag");
            });
    List<?> withNull = (List<?>) only(bag, list);
    assertThat(withNull.get(0)).isEqualTo(9);
    assertThat(withNull.get(1)).isNull();
  }

  @Test
  void readsMilliseconds() throws IOException {
    Path path =
        write("optional int64 c (TIMESTAMP(MILLIS,true));", 1, (group, row) -> group.add("c", -1L));
    assertThat(only(path, Primitive.TIMESTAMP)).isEqualTo(-1000L);
  }

  @Test
  void findsColumnsByIdThenByNameThenIgnoringCase() throws IOException {
    Path path =
        write(
            "optional int32 a = 1; optional int32 b = 2; optional int32 Other;",
            1,
            (group, row) -> {
              group.add("a", 10);
              group.add("b", 20);
              group.add("Other", 30);
            });
    Column swapped = new Column("x", Primitive.INTEGER, true, "a", OptionalInt.of(2));
    Column byName = new Column("y", Primitive.INTEGER, true, "a", OptionalInt.empty());
    Column folded = new Column("other", Primitive.INTEGER, true);
    Column absent = new Column("absent", Primitive.INTEGER, true);
    try (ParquetRows rows = open(path, Map.of(3, 40), swapped, byName, folded, absent)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.value().get("x")).isEqualTo(20);
      assertThat(rows.value().get("y")).isEqualTo(10);
      assertThat(rows.value().get("other")).isEqualTo(30);
      assertThat(rows.value().get("absent")).isEqualTo(40);
    }
  }

  @Test
  void rowsOfAFileWithNoneOfTheColumnsAreAllNull() throws IOException {
    Path path = write("required int64 id;", 3, (group, row) -> group.add("id", (long) row));
    int count = 0;
    try (ParquetRows rows = open(path, Map.of(), new Column("c", Primitive.LONG, true))) {
      while (rows.next()) {
        assertThat(rows.value().get("c")).isNull();
        assertThat(rows.tag()).isNull();
        assertThat(rows.position()).isEqualTo(count++);
      }
    }
    assertThat(count).isEqualTo(3);
  }

  @Test
  void aStructIsNullOrNotEvenWhenNoneOfItsFieldsIsInTheFile() throws IOException {
    Path path =
        write(
            "optional group c { optional group old { optional int32 x; } }",
            2,
            (group, row) -> {
              if (row == 1) {
                group.addGroup("c");
              }
            });
    ColumnType.Struct fresh =
        new ColumnType.Struct(List.of(new Column("fresh", Primitive.LONG, true)));
    try (ParquetRows rows = open(path, Map.of(), new Column("c", fresh, true))) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.value().get("c")).isNull();
      assertThat(rows.next()).isTrue();
      assertThat(rows.value().getStruct("c").get("fresh")).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INTEGER, int64 c",
    "INTEGER, 'int32 c (DECIMAL(9,2))'",
    "INTEGER, int32 c (DATE)",
    "INTEGER, 'int32 c (INTEGER(32,false))'",
    "LONG, 'int64 c (TIMESTAMP(MICROS,true))'",
    "LONG, 'int64 c (DECIMAL(18,2))'",
    "DOUBLE, 'int32 c (DECIMAL(9,2))'",
    "STRING, 'binary c (DECIMAL(38,2))'",
    "BINARY, 'binary c (DECIMAL(38,2))'",
    "FLOAT, double c",
    "BOOLEAN, int32 c",
    "STRING, int32 c",
    "DATE, int32 c",
    "TIMESTAMP, int64 c",
    "TIMESTAMP, 'int64 c (TIMESTAMP(MICROS,false))'",
    "TIMESTAMP, 'int64 c (TIMESTAMP(NANOS,true))'",
    "TIMESTAMP, int32 c (DATE)",
    "TIMESTAMP_NTZ, 'int64 c (TIMESTAMP(MICROS,true))'",
    "LONG, group c { optional int64 x; }"
  })
  void refusesATypeThatWouldLoseOrMeanSomethingElse(Primitive type, String stored)
      throws IOException {
    Path path =
        write("optional " + stored + (stored.endsWith("}") ? "" : ";"), 1, (group, row) -> {});
    assertThatThrownBy(() -> only(path, type))
        .isInstanceOf(ColumnMismatchException.class)
        .hasMessageStartingWith("column c is " + type + " in the table and optional");
  }

  @Test
  void refusesAValueThatTheColumnCannotHold() throws IOException {
    Path path = write("optional int32 c;", 1, (group, row) -> group.add("c", 128));
    assertThatThrownBy(() -> only(path, Primitive.BYTE))
        .hasMessage("column c has a value in the file that is no byte");
    assertThat(only(path, Primitive.SHORT)).isEqualTo((short) 128);
  }

  @ParameterizedTest
  @CsvSource({
    "1582-10-15, 1582-10-15",
    "1582-10-14, 1582-10-04",
    "1500-03-11, 1500-03-01",
    "1500-03-10, 1500-03-01",
    "1500-03-09, 1500-02-28",
    "1000-01-06, 1000-01-01",
    "0000-12-30, 0001-01-01",
    "0000-12-29, 0000-12-31"
  })
  void readsDatesOfTheOldCalendar(LocalDate stored, LocalDate meant) throws IOException {
    BiConsumer<Group, Integer> day = (group, row) -> group.add("c", (int) stored.toEpochDay());
    String column = "optional int32 c (DATE);";
    for (Map<String, String> old :
        List.of(
            Map.of("org.apache.spark.version", "2.4.8"),
            Map.of("org.apache.spark.version", "3.5.0", "org.apache.spark.legacyDateTime", ""))) {
      assertThat(epochDay(only(write(column, 1, old, day), Primitive.DATE)))
          .isEqualTo(meant.toEpochDay());
      assertThat(only(write(column, 1, old, day), Primitive.TIMESTAMP_NTZ))
          .isEqualTo(meant.toEpochDay() * 86_400_000_000L);
    }
    for (Map<String, String> today :
        List.of(
            Map.<String, String>of(),
            Map.of("org.apache.spark.version", "3.0.0"),
            Map.of("org.apache.spark.version", "4.2.0", "org.apache.spark.legacyINT96", ""))) {
      assertThat(epochDay(only(write(column, 1, today, day), Primitive.DATE)))
          .isEqualTo(stored.toEpochDay());
    }
  }

  private static long epochDay(Object date) {
    return Math.floorDiv(((java.util.Date) date).toInstant().toEpochMilli(), 86_400_000L);
  }

  @Test
  void refusesTimestampsOfTheOldCalendarThatMeantAnotherTime() throws IOException {
    long micros = -2_208_988_800_000_001L;
    Map<String, String> old = Map.of("org.apache.spark.version", "2.4.8");
    String column = "optional int64 c (TIMESTAMP(MICROS,true));";
    Path early = write(column, 1, old, (group, row) -> group.add("c", micros));
    assertThatThrownBy(() -> only(early, Primitive.TIMESTAMP))
        .isInstanceOf(ColumnMismatchException.class)
        .hasMessageStartingWith("column c has a timestamp before 1900, and Spark wrote the file")
        .hasMessageNotContaining("" + micros);
    Path late = write(column, 1, old, (group, row) -> group.add("c", micros + 1));
    assertThat(only(late, Primitive.TIMESTAMP)).isEqualTo(micros + 1);
    Path ours = write(column, 1, Map.of(), (group, row) -> group.add("c", micros));
    assertThat(only(ours, Primitive.TIMESTAMP)).isEqualTo(micros);
    String zoneless = "optional int64 c (TIMESTAMP(MICROS,false));";
    Path wall = write(zoneless, 1, old, (group, row) -> group.add("c", micros));
    assertThat(only(wall, Primitive.TIMESTAMP_NTZ)).isEqualTo(micros);
  }

  @ParameterizedTest
  @CsvSource({"2.4.8, ,true", "3.0.3, ,true", "3.1.0, ,false", "4.2.0, legacyINT96, true"})
  void refusesTwelveBytesOfTheOldCalendarToo(String spark, String mark, boolean old)
      throws IOException {
    Map<String, String> footer = new HashMap<>(Map.of("org.apache.spark.version", spark));
    if (mark != null) {
      footer.put("org.apache.spark." + mark, "");
    }
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(0).putInt(2_000_000);
    Path path =
        write(
            "optional int96 c;",
            1,
            footer,
            (group, row) -> group.add("c", Binary.fromConstantByteArray(bytes.array())));
    if (old) {
      assertThatThrownBy(() -> only(path, Primitive.TIMESTAMP)).hasMessageContaining("legacyINT96");
    } else {
      assertThat(only(path, Primitive.TIMESTAMP))
          .isEqualTo((2_000_000L - 2_440_588) * 86_400_000_000L);
    }
  }
}
