package io.tidemark.windows.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.FieldRef;
import io.tidemark.windows.config.EventTime;
import io.tidemark.windows.config.EventTime.Format;
import io.tidemark.windows.fake.Records;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("JavaUtilDate") // Connect hands its logical types over as Date
class EventTimeReaderTest {

  /** 2023-11-14T22:13:20.123456Z. */
  private static final long MICROS = 1_700_000_000_123_456L;

  private static final long MILLIS = 1_700_000_000_123_000L;
  private static final long SECONDS = 1_700_000_000_000_000L;
  private static final long DAY = 1_699_920_000_000_000L;
  private static final int DAYS = 19_675;

  /** Schema or null for none, value, format, epoch microseconds. */
  static List<org.junit.jupiter.params.provider.Arguments> times() {
    Schema text = Schema.STRING_SCHEMA;
    return List.of(
        arguments(Schema.INT64_SCHEMA, 1_700_000_000L, Format.SECONDS, SECONDS),
        arguments(Schema.INT32_SCHEMA, 1_700_000_000, Format.SECONDS, SECONDS),
        arguments(Schema.INT64_SCHEMA, 1_700_000_000_123L, Format.MILLIS, MILLIS),
        arguments(Schema.INT64_SCHEMA, MICROS, Format.MICROS, MICROS),
        arguments(Schema.INT64_SCHEMA, MICROS * 1000 + 999, Format.NANOS, MICROS),
        arguments(Schema.INT64_SCHEMA, -1L, Format.NANOS, -1L),
        arguments(Schema.INT16_SCHEMA, (short) -7, Format.SECONDS, -7_000_000L),
        arguments(Schema.FLOAT64_SCHEMA, 1_700_000_000.123456, Format.SECONDS, MICROS),
        arguments(Schema.FLOAT64_SCHEMA, -0.0000015, Format.SECONDS, -2L),
        arguments(Schema.FLOAT32_SCHEMA, 1.5f, Format.MILLIS, 1_500L),
        arguments(Decimal.schema(6), new BigDecimal("1700000000.123456"), Format.SECONDS, MICROS),
        arguments(Decimal.schema(3), new BigDecimal("1700000000123.456"), Format.MILLIS, MICROS),
        arguments(Decimal.schema(1), new BigDecimal("2999.9"), Format.NANOS, 2L),
        arguments(text, "2023-11-14T22:13:20.123456Z", Format.MILLIS, MICROS),
        arguments(text, "2023-11-14T22:13:20.123456789Z", Format.NANOS, MICROS),
        arguments(text, "2023-11-15T00:13:20.123456+02:00", Format.MILLIS, MICROS),
        arguments(text, "2023-11-14 17:13:20.123456-0500", Format.SECONDS, MICROS),
        arguments(text, "2023-11-14T22:13:20", Format.SECONDS, SECONDS),
        arguments(text, "2023-11-14", Format.SECONDS, DAY),
        arguments(text, "9999-12-31T23:59:59.999999Z", Format.MILLIS, 253_402_300_799_999_999L),
        arguments(text, "0000-01-01T00:00:00Z", Format.MILLIS, -62_167_219_200_000_000L),
        arguments(Timestamp.SCHEMA, new Date(MILLIS / 1000), Format.SECONDS, MILLIS),
        arguments(
            org.apache.kafka.connect.data.Date.SCHEMA, new Date(DAY / 1000), Format.SECONDS, DAY),
        arguments(debezium("Timestamp", false), MILLIS / 1000, Format.SECONDS, MILLIS),
        arguments(debezium("MicroTimestamp", false), MICROS, Format.SECONDS, MICROS),
        arguments(debezium("NanoTimestamp", false), MICROS * 1000 + 1, Format.SECONDS, MICROS),
        arguments(zoned("ZonedTimestamp"), "2023-11-14T22:13:20.123456Z", Format.SECONDS, MICROS),
        arguments(debezium("Date", true), DAYS, Format.SECONDS, DAY),
        arguments(null, new Date(MILLIS / 1000), Format.SECONDS, MILLIS));
  }

  private static Schema debezium(String name, boolean narrow) {
    return (narrow ? SchemaBuilder.int32() : SchemaBuilder.int64())
        .name("io.debezium.time." + name)
        .build();
  }

  private static Schema zoned(String name) {
    return SchemaBuilder.string().name("io.debezium.time." + name).build();
  }

  @ParameterizedTest
  @MethodSource("times")
  void readsATimeWithAndWithoutSchema(Schema schema, Object value, Format format, long expected) {
    EventTimeReader reader = reader("at", format);
    if (schema != null) {
      assertThat(reader.micros(Records.of(Records.struct("at", schema, value))))
          .isEqualTo(expected);
    }
    // Without a schema there is no name that says what a number counts.
    if (schema == null || schema.name() == null || schema.name().endsWith("Decimal")) {
      assertThat(reader.micros(Records.of(Records.map("at", value)))).isEqualTo(expected);
    }
  }

  @Property(tries = 200)
  void readsWhatJavaWritesToTheMicrosecond(
      @ForAll @LongRange(min = -62_167_219_200_000_000L, max = 253_402_300_799_999_999L)
          long micros) {
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    assertThat(reader("at", Format.MILLIS).micros(Records.of(Records.map("at", instant + ""))))
        .isEqualTo(micros);
    assertThat(reader("at", Format.MICROS).micros(Records.of(Records.map("at", micros))))
        .isEqualTo(micros);
  }

  @Test
  void takesTheTimestampOfTheRecordWithoutAField() {
    EventTimeReader reader = new EventTimeReader(new EventTime(Optional.empty(), Format.NANOS));
    assertThat(reader.micros(Records.of(Records.map("at", "x"), 7L))).isEqualTo(7_000L);
    assertThat(reader.micros(Records.of("no fields", 0L))).isZero();
    for (Long none : new Long[] {null, -1L}) {
      assertNone(
          reader,
          Records.of("no fields", none),
          "the record's timestamp gives no event time: there is none");
    }
    assertNone(
        reader,
        Records.of("no fields", Long.MAX_VALUE),
        "the record's timestamp gives no event time: the year is not 0000 to 9999");
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> noTimes() {
    String year = "the year is not 0000 to 9999";
    String neither = "it is neither a time nor a number";
    String text = "the string is no ISO-8601 timestamp";
    String day = "it is a time of day without a date";
    return Stream.of(
        arguments(Schema.OPTIONAL_INT64_SCHEMA, null, Format.MILLIS, "it is null"),
        arguments(Schema.INT64_SCHEMA, 253_402_300_800_000L, Format.MILLIS, year),
        arguments(Schema.INT64_SCHEMA, -62_167_219_200_001L, Format.MILLIS, year),
        arguments(Schema.INT64_SCHEMA, Long.MAX_VALUE, Format.SECONDS, year),
        arguments(Schema.INT64_SCHEMA, MICROS, Format.SECONDS, year),
        arguments(Schema.FLOAT64_SCHEMA, 1e300, Format.SECONDS, year),
        arguments(Schema.FLOAT64_SCHEMA, Double.NaN, Format.SECONDS, neither),
        arguments(Schema.BOOLEAN_SCHEMA, true, Format.SECONDS, neither),
        arguments(Schema.BYTES_SCHEMA, new byte[] {49, 50}, Format.SECONDS, neither),
        arguments(Schema.STRING_SCHEMA, "", Format.SECONDS, text),
        arguments(Schema.STRING_SCHEMA, "1700000000", Format.SECONDS, text),
        arguments(Schema.STRING_SCHEMA, "2023-13-14", Format.SECONDS, text),
        arguments(Schema.STRING_SCHEMA, "2023-02-29T00:00Z", Format.SECONDS, text),
        arguments(Schema.STRING_SCHEMA, "+10000-01-01T00:00:00Z", Format.SECONDS, year),
        arguments(Schema.STRING_SCHEMA, "infinity", Format.SECONDS, "it is infinite"),
        arguments(Schema.STRING_SCHEMA, "-infinity", Format.SECONDS, "it is infinite"),
        arguments(Schema.STRING_SCHEMA, "0000-01-01T00:00+01:00", Format.SECONDS, year),
        arguments(Time.SCHEMA, new Date(43_200_321), Format.MILLIS, day),
        arguments(debezium("Time", true), 43_200_321, Format.MILLIS, day),
        arguments(debezium("MicroTime", false), 43_200_321_000L, Format.MICROS, day),
        arguments(debezium("NanoTime", false), 43_200_321_000_000L, Format.NANOS, day),
        arguments(zoned("ZonedTime"), "12:00:00.321Z", Format.MILLIS, day));
  }

  @ParameterizedTest
  @MethodSource("noTimes")
  void refusesWhatIsNoTimeAndNeverShowsIt(
      Schema schema, Object value, Format format, String reason) {
    EventTimeReader reader = reader("at", format);
    String message = "field at gives no event time: " + reason;
    assertNone(reader, Records.of(Records.struct("at", schema, value)), message);
    if (schema.name() == null) {
      assertNone(reader, Records.of(Records.map("at", value)), message);
    }
  }

  @ParameterizedTest
  @CsvSource({"10:61", "2023-11-14T22:13:20.secret"})
  void neverShowsTextThatALogicalTypeCannotRead(String secret) {
    assertThatThrownBy(
            () ->
                reader("at", Format.MILLIS)
                    .micros(Records.of(Records.struct("at", zoned("ZonedTimestamp"), secret))))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("TM-401")
        .hasMessageContaining("orders-3@881")
        .hasMessageContaining("field at cannot be read: the string is no ISO-8601 timestamp")
        .hasMessageNotContaining(secret);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void followsAPathAndTakesNullOnTheWayForNone(boolean withSchema) {
    EventTimeReader reader = reader("meta.at", Format.MILLIS);
    Schema inner = SchemaBuilder.struct().optional().field("at", Schema.INT64_SCHEMA).build();
    Object there =
        withSchema
            ? Records.struct(
                "meta", inner, new org.apache.kafka.connect.data.Struct(inner).put("at", 5L))
            : Records.map("meta", Records.map("at", 5L));
    Object none = withSchema ? Records.struct("meta", inner, null) : Records.map("meta", null);
    assertThat(reader.micros(Records.of(there))).isEqualTo(5_000L);
    assertNone(reader, Records.of(none), "field meta.at gives no event time: it is null");
  }

  private static EventTimeReader reader(String path, Format format) {
    return new EventTimeReader(new EventTime(Optional.of(FieldRef.parse(path)), format));
  }

  private static void assertNone(EventTimeReader reader, SinkRecord record, String reason) {
    assertThatThrownBy(() -> reader.micros(record))
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("TM-402")
        .hasMessageContaining("Cannot aggregate orders-3@881: " + reason + ".")
        .satisfies(
            failure ->
                assertThat(failure.getMessage().toLowerCase(Locale.ROOT))
                    .doesNotContain("2023", "321", "+10000"));
  }
}
