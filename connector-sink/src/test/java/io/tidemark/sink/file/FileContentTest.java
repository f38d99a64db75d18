package io.tidemark.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.common.DataFile;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the files: schema, values and statistics of every column type. */
class FileContentTest {

  private static final String NS = "ts_ntz";

  @TempDir private Path directory;
  private WriterHarness harness;

  @BeforeEach
  void harness() {
    harness = new WriterHarness(directory);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void holdsEveryType(boolean withSchema) throws IOException {
    List<Column> columns =
        List.of(
            new Column("bool", Primitive.BOOLEAN, true),
            new Column("i8", Primitive.BYTE, true),
            new Column("i16", Primitive.SHORT, true),
            new Column("i32", Primitive.INTEGER, true),
            new Column("i64", Primitive.LONG, false),
            new Column("f32", Primitive.FLOAT, true),
            new Column("f64", Primitive.DOUBLE, true),
            new Column("text", Primitive.STRING, true),
            new Column("raw", Primitive.BINARY, true),
            new Column("day", Primitive.DATE, true),
            new Column("ts", Primitive.TIMESTAMP, true),
            new Column(NS, Primitive.TIMESTAMP_NTZ, true),
            new Column("d9", new Decimal(9, 2), true),
            new Column("d18", new Decimal(18, 2), true),
            new Column("d38", new Decimal(38, 2), true),
            new Column("list", new ColumnType.Array(Primitive.LONG, true), true),
            new Column("map", new ColumnType.Map(Primitive.STRING, Primitive.LONG, true), true),
            new Column("tree", struct(new Column("leaf", Primitive.STRING, true)), true));
    harness.table(List.of(), columns.toArray(Column[]::new));
    Object[] cells = {
      true,
      (byte) -8,
      (short) -16,
      32,
      64L,
      0.5f,
      0.25,
      "tëxt",
      new byte[] {1, 2},
      "2026-11-23",
      "2026-11-23T10:15:30.123456Z",
      "2026-11-23T10:15:30.123456",
      new BigDecimal("-1.50"),
      new BigDecimal("-1.50"),
      new BigDecimal("-1.50"),
      Arrays.asList(1L, null, 3L),
      mapOf("a", 1L, "b", null),
      withSchema ? new Struct(TREE).put("leaf", "green") : (Object) Map.of("leaf", "green")
    };
    Map<String, Object> full = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i++) {
      full.put(columns.get(i).name(), cells[i]);
    }
    Map<String, Object> bare = new LinkedHashMap<>(Map.of("i64", 65L));
    SinkRecord[] records = {
      withSchema ? harness.struct(structOf(full)) : harness.record(null, full),
      withSchema ? harness.struct(structOf(bare)) : harness.record(null, bare),
    };
    DataFile file = harness.write(records).get(0);
    Group row = harness.read(file).get(0);

    assertThat(row.getBoolean("bool", 0)).isTrue();
    assertThat(row.getInteger("i8", 0)).isEqualTo(-8);
    assertThat(row.getInteger("i16", 0)).isEqualTo(-16);
    assertThat(row.getInteger("i32", 0)).isEqualTo(32);
    assertThat(row.getLong("i64", 0)).isEqualTo(64);
    assertThat(row.getFloat("f32", 0)).isEqualTo(0.5f);
    assertThat(row.getDouble("f64", 0)).isEqualTo(0.25);
    assertThat(row.getString("text", 0)).isEqualTo("tëxt");
    assertThat(row.getBinary("raw", 0).getBytes()).containsExactly(1, 2);
    assertThat(row.getInteger("day", 0)).isEqualTo(20780);
    assertThat(row.getLong("ts", 0)).isEqualTo(1795428930123456L);
    assertThat(row.getLong(NS, 0)).isEqualTo(1795428930123456L);
    assertThat(row.getInteger("d9", 0)).isEqualTo(-150);
    assertThat(row.getLong("d18", 0)).isEqualTo(-150);
    assertThat(new BigInteger(row.getBinary("d38", 0).getBytes())).isEqualTo(-150);
    Group list = row.getGroup("list", 0);
    assertThat(list.getFieldRepetitionCount("list")).isEqualTo(3);
    assertThat(list.getGroup("list", 1).getFieldRepetitionCount("element")).isZero();
    assertThat(list.getGroup("list", 2).getLong("element", 0)).isEqualTo(3);
    Group map = row.getGroup("map", 0);
    assertThat(map.getGroup("key_value", 0).getLong("value", 0)).isEqualTo(1);
    assertThat(map.getGroup("key_value", 1).getString("key", 0)).isEqualTo("b");
    assertThat(map.getGroup("key_value", 1).getFieldRepetitionCount("value")).isZero();
    assertThat(row.getGroup("tree", 0).getString("leaf", 0)).isEqualTo("green");

    Group empty = harness.read(file).get(1);
    assertThat(columns)
        .filteredOn(column -> empty.getFieldRepetitionCount(column.name()) > 0)
        .map(Column::name)
        .containsExactly("i64");
    assertThat(file.statistics()).isEqualTo(EVERY_TYPE.replace("'", "\"").replace("\n", ""));
  }

  private static final String EVERY_TYPE =
      """
      {'numRecords':2,
      'minValues':{'i8':-8,'i16':-16,'i32':32,'i64':64,'f32':0.5,'f64':0.25,'text':'tëxt',
      'day':'2026-11-23','ts':'2026-11-23T10:15:30.123Z','ts_ntz':'2026-11-23T10:15:30.123',
      'd9':-1.5,'d18':-1.5,'d38':-1.5,'tree':{'leaf':'green'}},
      'maxValues':{'i8':-8,'i16':-16,'i32':32,'i64':65,'f32':0.5,'f64':0.25,'text':'tëxt',
      'day':'2026-11-23','ts':'2026-11-23T10:15:30.124Z','ts_ntz':'2026-11-23T10:15:30.124',
      'd9':-1.5,'d18':-1.5,'d38':-1.5,'tree':{'leaf':'green'}},
      'nullCount':{'bool':1,'i8':1,'i16':1,'i32':1,'i64':0,'f32':1,'f64':1,'text':1,'raw':1,
      'day':1,'ts':1,'ts_ntz':1,'d9':1,'d18':1,'d38':1,'tree':{'leaf':1}}}
      """;

  @Test
  void writesTheParquetSchemaThatSparkWrites() {
    MessageType message =
        ParquetTypes.message(
            List.of(
                new Column("i8", Primitive.BYTE, true),
                new Column("ts", Primitive.TIMESTAMP, false),
                new Column(NS, Primitive.TIMESTAMP_NTZ, true),
                new Column("d38", new Decimal(38, 2), true),
                new Column("x", Primitive.LONG, true, "col-7", OptionalInt.of(7)),
                new Column("list", new ColumnType.Array(Primitive.LONG, false), true),
                new Column(
                    "map", new ColumnType.Map(Primitive.STRING, Primitive.LONG, true), true)));
    assertThat(message.toString().lines().map(String::strip))
        .containsExactly(
            "message tidemark {",
            "optional int32 i8 (INTEGER(8,true));",
            "required int64 ts (TIMESTAMP(MICROS,true));",
            "optional int64 ts_ntz (TIMESTAMP(MICROS,false));",
            "optional fixed_len_byte_array(16) d38 (DECIMAL(38,2));",
            "optional int64 col-7 = 7;",
            "optional group list (LIST) {",
            "repeated group list {",
            "required int64 element;",
            "}",
            "}",
            "optional group map (MAP) {",
            "repeated group key_value {",
            "required binary key (STRING);",
            "optional int64 value;",
            "}",
            "}",
            "}");
  }

  @Test
  void columnMappingWritesPhysicalNamesEverywhereInTheFile() throws IOException {
    harness.table(
        List.of(),
        new Column(
            "tree",
            struct(new Column("leaf", Primitive.LONG, true, "col-2", OptionalInt.of(2))),
            true,
            "col-1",
            OptionalInt.of(1)));
    DataFile file = harness.write(harness.map("tree", Map.of("leaf", 5L))).get(0);

    assertThat(harness.read(file).get(0).getGroup("col-1", 0).getLong("col-2", 0)).isEqualTo(5);
    assertThat(json(file).at("/minValues/col-1/col-2").asLong()).isEqualTo(5);
  }

  @Test
  void decimalsOfEveryPrecisionComeBack() throws IOException {
    List<Column> columns = new ArrayList<>();
    Map<String, Object> value = new LinkedHashMap<>();
    for (int precision = 1; precision <= 38; precision++) {
      columns.add(new Column("d" + precision, new Decimal(precision, 0), true));
      value.put("d" + precision, new BigDecimal("-" + "9".repeat(precision)));
    }
    harness.table(List.of(), columns.toArray(Column[]::new));
    Group row = harness.read(harness.write(harness.record(null, value)).get(0)).get(0);
    for (int precision = 1; precision <= 38; precision++) {
      String name = "d" + precision;
      BigInteger unscaled =
          precision <= 18
              ? new BigInteger(row.getValueToString(precision - 1, 0))
              : new BigInteger(row.getBinary(name, 0).getBytes());
      assertThat(unscaled).isEqualTo(((BigDecimal) value.get(name)).unscaledValue());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void oneNaNTakesTheBoundsOfItsColumn(int place) throws IOException {
    double[] numbers = {1.0, 2.0, 3.0};
    numbers[place] = Double.NaN;
    SinkRecord[] records =
        Arrays.stream(numbers)
            .mapToObj(number -> harness.map("id", 1L, "x", number))
            .toArray(SinkRecord[]::new);
    JsonNode statistics = json(harness.write(records).get(0));
    assertThat(statistics.at("/minValues/x").isMissingNode()).isTrue();
    assertThat(statistics.at("/maxValues/x").isMissingNode()).isTrue();
    assertThat(statistics.at("/nullCount/x").asLong()).isZero();
    assertThat(statistics.at("/minValues/id").asLong()).isEqualTo(1);
  }

  @Test
  void statisticsCoverAllRowGroups() throws IOException {
    harness.files = new FileOptions(CompressionCodecName.UNCOMPRESSED, 1 << 30, 9, 1 << 30, 1000);
    SinkRecord[] records = new SinkRecord[3000];
    Arrays.setAll(
        records, i -> harness.map("i", (long) ((i * 7919) % 3000), "x", i == 5 ? null : "t" + i));
    DataFile file = harness.write(records).get(0);
    JsonNode statistics = json(file);
    assertThat(statistics.at("/numRecords").asLong()).isEqualTo(3000);
    assertThat(statistics.at("/minValues/i").asLong()).isZero();
    assertThat(statistics.at("/maxValues/i").asLong()).isEqualTo(2999);
    assertThat(statistics.at("/nullCount/x").asLong()).isEqualTo(1);
  }

  @Test
  void onlyTheFirst32LeavesAreDescribed() throws IOException {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("list", List.of(1L));
    value.put("tree", mapOf("a", 1L, "b", 1L));
    for (int i = 3; i < 40; i++) {
      value.put("c" + i, 1L);
    }
    JsonNode statistics = json(harness.write(harness.record(null, value)).get(0));
    assertThat(statistics.at("/nullCount").has("list")).isFalse();
    assertThat(statistics.at("/nullCount").has("c31")).isTrue();
    assertThat(statistics.at("/nullCount").has("c32")).isFalse();
  }

  private static final Schema TREE =
      SchemaBuilder.struct().field("leaf", Schema.OPTIONAL_STRING_SCHEMA).optional().build();

  private static Struct structOf(Map<String, Object> value) {
    SchemaBuilder schema =
        SchemaBuilder.struct()
            .field("bool", Schema.OPTIONAL_BOOLEAN_SCHEMA)
            .field("i8", Schema.OPTIONAL_INT8_SCHEMA)
            .field("i16", Schema.OPTIONAL_INT16_SCHEMA)
            .field("i32", Schema.OPTIONAL_INT32_SCHEMA)
            .field("i64", Schema.OPTIONAL_INT64_SCHEMA)
            .field("f32", Schema.OPTIONAL_FLOAT32_SCHEMA)
            .field("f64", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .field("text", Schema.OPTIONAL_STRING_SCHEMA)
            .field("raw", Schema.OPTIONAL_BYTES_SCHEMA)
            .field("day", Schema.OPTIONAL_STRING_SCHEMA)
            .field("ts", Schema.OPTIONAL_STRING_SCHEMA)
            .field(NS, Schema.OPTIONAL_STRING_SCHEMA)
            .field("list", SchemaBuilder.array(Schema.OPTIONAL_INT64_SCHEMA).optional().build())
            .field(
                "map",
                SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_INT64_SCHEMA)
                    .optional()
                    .build())
            .field("tree", TREE);
    for (String decimal : List.of("d9", "d18", "d38")) {
      schema.field(decimal, org.apache.kafka.connect.data.Decimal.builder(2).optional().build());
    }
    Struct struct = new Struct(schema.build());
    value.forEach(struct::put);
    return struct;
  }

  private static Map<String, Object> mapOf(String one, Object value, String other, Object last) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(one, value);
    map.put(other, last);
    return map;
  }

  private static JsonNode json(DataFile file) throws IOException {
    return new ObjectMapper().readTree(file.statistics());
  }

  private static ColumnType.Struct struct(Column... columns) {
    return new ColumnType.Struct(List.of(columns));
  }
}
