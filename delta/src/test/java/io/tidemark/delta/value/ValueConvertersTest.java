package io.tidemark.delta.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("JavaUtilDate") // Connect hands its logical types over as Date
class ValueConvertersTest {

  /** Both ways that a value reaches a column: with a schema and without. */
  enum Way {
    SCHEMA {
      @Override
      Object convert(ColumnType type, Schema schema, Object value) {
        return ValueConverters.of(type, schema, "f").convert(value);
      }
    },
    SCHEMALESS {
      @Override
      Object convert(ColumnType type, Schema schema, Object value) {
        return ValueConverters.schemaless(type, "f").convert(value);
      }
    };

    abstract Object convert(ColumnType type, Schema schema, Object value);
  }

  private static final Schema INT32 = Schema.INT32_SCHEMA;
  private static final Schema INT64 = Schema.INT64_SCHEMA;
  private static final Schema FLOAT64 = Schema.FLOAT64_SCHEMA;
  private static final Schema STRING = Schema.STRING_SCHEMA;
  private static final Schema DECIMAL = org.apache.kafka.connect.data.Decimal.schema(2);

  static Stream<Arguments> accepted() {
    return Stream.of(
            row(Primitive.BOOLEAN, Schema.BOOLEAN_SCHEMA, true, true),
            row(Primitive.BYTE, Schema.INT8_SCHEMA, (byte) -128, -128),
            row(Primitive.BYTE, INT64, 127L, 127),
            row(Primitive.SHORT, Schema.INT16_SCHEMA, (short) 7, 7),
            row(Primitive.INTEGER, INT32, 7, 7),
            row(Primitive.INTEGER, INT64, 7L, 7),
            row(Primitive.INTEGER, FLOAT64, 7.0, 7),
            row(Primitive.LONG, INT64, 7L, 7L),
            row(Primitive.LONG, INT32, 7, 7L),
            row(Primitive.LONG, FLOAT64, -0x1p63, Long.MIN_VALUE),
            row(Primitive.LONG, DECIMAL, new BigDecimal("7.00"), 7L),
            row(Primitive.FLOAT, Schema.FLOAT32_SCHEMA, 0.1f, 0.1f),
            row(Primitive.FLOAT, FLOAT64, 0.1, 0.1f),
            row(Primitive.FLOAT, FLOAT64, Double.NaN, Float.NaN),
            row(Primitive.FLOAT, INT64, 16L, 16f),
            row(Primitive.DOUBLE, FLOAT64, 0.1, 0.1),
            row(Primitive.DOUBLE, Schema.FLOAT32_SCHEMA, 0.5f, 0.5),
            row(Primitive.DOUBLE, INT64, 1L << 53, 0x1p53),
            row(Primitive.DOUBLE, DECIMAL, new BigDecimal("19.99"), 19.99),
            row(Primitive.STRING, STRING, "x", "x"),
            row(Primitive.BOOLEAN, STRING, "true", true),
            row(Primitive.LONG, STRING, "-9223372036854775808", Long.MIN_VALUE),
            row(Primitive.LONG, STRING, "15.00", 15L),
            row(Primitive.LONG, STRING, "1e3", 1000L),
            row(Primitive.SHORT, STRING, "15", 15),
            row(Primitive.FLOAT, STRING, "0.1", 0.1f),
            row(Primitive.DOUBLE, STRING, "19.99", 19.99),
            row(Primitive.DOUBLE, STRING, "NaN", Double.NaN),
            row(Primitive.DOUBLE, STRING, "-Infinity", Double.NEGATIVE_INFINITY),
            row(new Decimal(10, 2), STRING, "12.34", new BigDecimal("12.34")),
            row(new Decimal(38, 0), STRING, "9".repeat(38), new BigDecimal("9".repeat(38))),
            row(new ColumnType.Text(3, false), STRING, "abc", "abc"),
            row(new ColumnType.Text(3, false), STRING, "abc  ", "abc"),
            row(new ColumnType.Text(2, false), STRING, "\ud83d\ude00x", "\ud83d\ude00x"),
            row(new ColumnType.Text(3, true), STRING, "x", "x  "),
            row(new Decimal(10, 2), DECIMAL, new BigDecimal("1.50"), new BigDecimal("1.50")),
            row(new Decimal(10, 3), DECIMAL, new BigDecimal("1.50"), new BigDecimal("1.500")),
            row(new Decimal(10, 2), INT64, 7L, new BigDecimal("7.00")),
            row(new Decimal(10, 2), FLOAT64, 19.99, new BigDecimal("19.99")),
            row(new Decimal(2, 2), FLOAT64, 0.0, new BigDecimal("0.00")),
            row(Primitive.DATE, STRING, "1970-01-02", 1),
            row(
                Primitive.DATE,
                org.apache.kafka.connect.data.Date.SCHEMA,
                new Date(-86_400_000L),
                -1),
            row(Primitive.TIMESTAMP, INT64, 5L, 5000L),
            row(Primitive.TIMESTAMP, STRING, "1970-01-01T01:00:00+01:00", 0L),
            row(
                Primitive.TIMESTAMP,
                org.apache.kafka.connect.data.Timestamp.SCHEMA,
                new Date(-1),
                -1000L),
            row(Primitive.TIMESTAMP_NTZ, STRING, "1970-01-01T00:00:01", 1_000_000L),
            row(
                Primitive.TIMESTAMP_NTZ,
                org.apache.kafka.connect.data.Timestamp.SCHEMA,
                new Date(1),
                1000L),
            row(
                new ColumnType.Array(Primitive.LONG, true),
                SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA).build(),
                Arrays.asList(1, null),
                Arrays.asList(1L, null)),
            row(
                new ColumnType.Map(Primitive.STRING, Primitive.LONG, true),
                SchemaBuilder.map(STRING, Schema.OPTIONAL_INT32_SCHEMA).build(),
                Map.of("a", 1),
                Map.of("a", 1L)))
        .flatMap(ValueConvertersTest::bothWays);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void acceptsWhatLosesNothing(
      Way way, ColumnType type, Schema schema, Object value, Object expected) {
    Object converted = way.convert(type, schema, value);
    assertThat(converted).isEqualTo(expected);
    if (value.equals(expected)) {
      assertThat(converted).as("no copy of what is canonical").isSameAs(value);
    }
  }

  static Stream<Arguments> refused() {
    return Stream.of(
            row(Primitive.BOOLEAN, STRING, "TRUE", "a string is no boolean"),
            row(Primitive.BYTE, INT64, 128L, "a long does not fit byte without loss"),
            row(Primitive.SHORT, INT64, -32769L, "a long does not fit short without loss"),
            row(Primitive.INTEGER, INT64, 1L << 31, "a long does not fit integer without loss"),
            row(Primitive.LONG, FLOAT64, 1.5, "a double does not fit long without loss"),
            row(Primitive.LONG, FLOAT64, 0x1p63, "a double does not fit long without loss"),
            row(Primitive.LONG, FLOAT64, Double.NaN, "a double does not fit long without loss"),
            row(Primitive.LONG, STRING, "one", "a string is no long"),
            row(Primitive.LONG, STRING, "", "a string is no long"),
            row(Primitive.LONG, STRING, " 1", "a string is no long"),
            row(Primitive.LONG, STRING, "1.5", "a string does not fit long without loss"),
            row(Primitive.LONG, STRING, "9223372036854775808", "does not fit long without loss"),
            row(Primitive.LONG, STRING, "1e999999999", "does not fit long without loss"),
            row(Primitive.LONG, STRING, "9".repeat(100_000), "a string is no long"),
            row(Primitive.BYTE, STRING, "128", "a string does not fit byte without loss"),
            row(Primitive.FLOAT, STRING, "1e300", "a string does not fit float without loss"),
            row(Primitive.DOUBLE, STRING, "1e999", "a string does not fit double without loss"),
            row(
                Primitive.DOUBLE,
                STRING,
                "0.12345678901234567890",
                "a string does not fit double without loss"),
            row(new ColumnType.Text(3, false), STRING, "abcd", "longer than varchar(3)"),
            row(new ColumnType.Text(3, true), STRING, "abc d", "longer than char(3)"),
            row(new ColumnType.Text(3, true), INT64, 1L, "a long is no char(3)"),
            row(new ColumnType.Opaque("variant"), STRING, "x", "a string is no variant"),
            row(Primitive.FLOAT, FLOAT64, 0.123456789012, "a double does not fit float without"),
            row(Primitive.FLOAT, FLOAT64, 1e300, "a double does not fit float without loss"),
            row(Primitive.DOUBLE, INT64, (1L << 53) + 1, "a long does not fit double without"),
            row(Primitive.DOUBLE, INT64, Long.MAX_VALUE, "a long does not fit double without"),
            row(Primitive.STRING, INT64, 1L, "a long is no string"),
            row(Primitive.BINARY, STRING, "AAAA", "a string is no binary"),
            row(new Decimal(10, 2), FLOAT64, 1.005, "a double does not fit decimal(10,2)"),
            row(new Decimal(4, 2), INT64, 100L, "a long does not fit decimal(4,2)"),
            row(new Decimal(4, 2), FLOAT64, Double.NaN, "a double does not fit decimal(4,2)"),
            row(new Decimal(4, 2), STRING, "x", "a string is no decimal(4,2)"),
            row(new Decimal(4, 2), STRING, "NaN", "a string does not fit decimal(4,2)"),
            row(new Decimal(4, 2), STRING, "1.005", "a string does not fit decimal(4,2)"),
            row(new Decimal(4, 2), STRING, "100", "a string does not fit decimal(4,2)"),
            row(Primitive.DATE, INT64, 1L, "a long is no date"),
            row(Primitive.DATE, STRING, "yesterday", "the string is no ISO-8601 date"),
            row(Primitive.TIMESTAMP, INT64, Long.MAX_VALUE, "a long does not fit timestamp"),
            row(Primitive.TIMESTAMP, STRING, "noon", "the string is no ISO-8601 timestamp"),
            row(Primitive.TIMESTAMP, FLOAT64, 1.0, "a double is no timestamp"),
            row(
                Primitive.TIMESTAMP_NTZ,
                STRING,
                "1970-01-01T00:00:00Z",
                "the string is no ISO-8601 timestamp_ntz"),
            row(
                new ColumnType.Array(Primitive.LONG, false),
                SchemaBuilder.array(Schema.OPTIONAL_INT64_SCHEMA).build(),
                Arrays.asList(1L, null),
                "field f.element: null is not allowed here"),
            row(
                new ColumnType.Map(Primitive.STRING, Primitive.LONG, true),
                SchemaBuilder.map(STRING, STRING).build(),
                Map.of("a", "b"),
                "field f.value: a string is no long"),
            row(new ColumnType.Array(Primitive.LONG, true), INT64, 1L, "a long is no array<long>"))
        .flatMap(ValueConvertersTest::bothWays);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesTheRestNamingTheFieldAndTheReason(
      Way way, ColumnType type, Schema schema, Object value, String reason) {
    assertThatThrownBy(() -> way.convert(type, schema, value))
        .isInstanceOf(ValueException.class)
        .hasMessageStartingWith("field f")
        .hasMessageContaining(reason);
  }

  static Stream<Arguments> debezium() {
    return Stream.of(
        Arguments.of("Date", SchemaBuilder.int32(), Primitive.DATE, 3, 3),
        Arguments.of("Timestamp", SchemaBuilder.int64(), Primitive.TIMESTAMP, 3L, 3000L),
        Arguments.of("Timestamp", SchemaBuilder.int64(), Primitive.TIMESTAMP_NTZ, 3L, 3000L),
        Arguments.of("MicroTimestamp", SchemaBuilder.int64(), Primitive.TIMESTAMP, 3L, 3L),
        Arguments.of("NanoTimestamp", SchemaBuilder.int64(), Primitive.TIMESTAMP, -1L, -1L),
        Arguments.of(
            "ZonedTimestamp",
            SchemaBuilder.string(),
            Primitive.TIMESTAMP,
            "1970-01-01T00:00:01Z",
            1_000_000L),
        Arguments.of("ZonedTimestamp", SchemaBuilder.string(), Primitive.STRING, "x", "x"),
        Arguments.of("Time", SchemaBuilder.int32(), Primitive.LONG, 3, 3000L),
        Arguments.of("MicroTime", SchemaBuilder.int64(), Primitive.LONG, 3L, 3L),
        Arguments.of("NanoTime", SchemaBuilder.int64(), Primitive.LONG, 3999L, 3L),
        Arguments.of("ZonedTime", SchemaBuilder.string(), Primitive.LONG, "00:00:01Z", 1_000_000L),
        Arguments.of(
            "ZonedTime", SchemaBuilder.string(), Primitive.LONG, "00:30+01:00", 84_600_000_000L),
        Arguments.of("Year", SchemaBuilder.int32(), Primitive.INTEGER, 2026, 2026));
  }

  @ParameterizedTest
  @MethodSource("debezium")
  void understandsDebeziumTimes(
      String name, SchemaBuilder schema, ColumnType type, Object value, Object expected) {
    Schema named = schema.name("io.debezium.time." + name).build();
    assertThat(ValueConverters.of(type, named, "f").convert(value)).isEqualTo(expected);
  }

  @Test
  void doesNotGuessWhatATimeMeansInAnotherColumn() {
    Schema millis = SchemaBuilder.int64().name("io.debezium.time.Timestamp").build();
    assertThatThrownBy(() -> ValueConverters.of(Primitive.LONG, millis, "f").convert(1L))
        .hasMessage("field f: a timestamp is no long");
  }

  @Test
  void connectTimesAreMicrosecondsOfTheDay() {
    Schema time = org.apache.kafka.connect.data.Time.SCHEMA;
    assertThat(ValueConverters.of(Primitive.LONG, time, "f").convert(new Date(5))).isEqualTo(5000L);
  }

  @Test
  void variableScaleDecimalsFitDecimalAndString() {
    Schema schema =
        SchemaBuilder.struct()
            .name("io.debezium.data.VariableScaleDecimal")
            .field("scale", INT32)
            .field("value", Schema.BYTES_SCHEMA)
            .build();
    byte[] unscaled = BigInteger.valueOf(-1999).toByteArray();
    for (Object bytes : List.of(unscaled, ByteBuffer.wrap(unscaled))) {
      Struct value = new Struct(schema).put("scale", 2).put("value", bytes);
      assertThat(ValueConverters.of(new Decimal(38, 18), schema, "f").convert(value))
          .isEqualTo(new BigDecimal("-19.99").setScale(18));
      assertThat(ValueConverters.of(Primitive.STRING, schema, "f").convert(value))
          .isEqualTo("-19.99");
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void structsBecomeCellsInTheOrderOfTheColumn(Way way) {
    Schema inner = SchemaBuilder.struct().field("B", INT32).optional().build();
    Schema schema = SchemaBuilder.struct().field("Y", STRING).field("x", inner).build();
    ColumnType type =
        struct(
            new Column("x", struct(new Column("b", Primitive.LONG, false)), true),
            new Column("gone", Primitive.LONG, true),
            new Column("y", Primitive.STRING, false));
    Object value =
        way == Way.SCHEMA
            ? new Struct(schema).put("Y", "text").put("x", new Struct(inner).put("B", 1))
            : map("Y", "text", "x", map("B", 1L));
    assertThat((Object[]) way.convert(type, schema, value))
        .containsExactly(new Object[] {1L}, null, "text");

    Object missing =
        way == Way.SCHEMA
            ? new Struct(SchemaBuilder.struct().field("x", INT64).build()).put("x", 1L)
            : map("x", 1L);
    Schema other = missing instanceof Struct struct ? struct.schema() : schema;
    ColumnType strict =
        struct(new Column("x", Primitive.LONG, true), new Column("y", Primitive.STRING, false));
    assertThatThrownBy(() -> way.convert(strict, other, missing))
        .hasMessage("field f.y: the column is NOT NULL, and there is no value");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void fieldsWithAValueNeedAColumn(Way way) {
    Schema schema =
        SchemaBuilder.struct()
            .field("x", INT64)
            .field("extra", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    ColumnType type = struct(new Column("x", Primitive.LONG, true));
    Object without =
        way == Way.SCHEMA ? new Struct(schema).put("x", 1L) : map("x", 1L, "extra", null);
    Object with =
        way == Way.SCHEMA
            ? new Struct(schema).put("x", 1L).put("extra", "v")
            : map("x", 1L, "extra", "v");

    assertThat((Object[]) way.convert(type, schema, without)).containsExactly(1L);
    assertThatThrownBy(() -> way.convert(type, schema, with))
        .isInstanceOf(UnknownFieldException.class)
        .hasMessageContaining("f.extra");
  }

  @Test
  void spellingMayChangeFromMapToMap() {
    ColumnType type =
        struct(new Column("id", Primitive.LONG, true), new Column("name", Primitive.STRING, true));
    ValueConverter converter = ValueConverters.schemaless(type, "");
    for (String id : List.of("id", "ID", "Id", "id")) {
      assertThat((Object[]) converter.convert(map(id, 1L, "name", null))).containsExactly(1L, null);
    }
    assertThatThrownBy(() -> converter.convert(map("id", 1L, "ID", 2L)))
        .hasMessageContaining("another field has the same name in another case");
  }

  @Test
  void defaultsStandInOnlyForRequiredFields() {
    Schema schema =
        SchemaBuilder.struct()
            .field("required", SchemaBuilder.int64().defaultValue(7L).build())
            .field("optional", SchemaBuilder.int64().optional().defaultValue(7L).build())
            .build();
    ColumnType type =
        struct(
            new Column("required", Primitive.LONG, true),
            new Column("optional", Primitive.LONG, true));
    assertThat((Object[]) ValueConverters.of(type, schema, "").convert(new Struct(schema)))
        .containsExactly(7L, null);
  }

  @Test
  void hugeExponentsCostNothing() {
    BigDecimal huge = new BigDecimal("1e2000000000");
    for (ColumnType type : List.of(new Decimal(38, 0), Primitive.LONG)) {
      assertThatThrownBy(() -> ValueConverters.schemaless(type, "f").convert(huge))
          .hasMessageContaining("a decimal does not fit");
    }
  }

  private static Arguments row(ColumnType type, Schema schema, Object value, Object expected) {
    return Arguments.of(type, schema, value, expected);
  }

  private static Stream<Arguments> bothWays(Arguments row) {
    return Stream.of(Way.values())
        .map(
            way -> {
              List<Object> values = new ArrayList<>(List.of(way));
              values.addAll(Arrays.asList(row.get()));
              return Arguments.of(values.toArray());
            });
  }

  private static ColumnType.Struct struct(Column... columns) {
    return new ColumnType.Struct(List.of(columns));
  }

  private static Map<String, Object> map(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
