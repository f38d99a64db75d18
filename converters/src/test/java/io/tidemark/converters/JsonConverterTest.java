package io.tidemark.converters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.connector.Version;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The converter as a worker uses it. */
class JsonConverterTest {

  private static final String SECRET = "s3cr3t";

  private final JsonConverter plain = converter("schemas.enable", "false");
  private final JsonConverter typed = converter();

  @Test
  void nullAndNoBytesAreTombstones() {
    for (JsonConverter converter : List.of(plain, typed)) {
      assertThat(converter.toConnectData("t", null)).isEqualTo(SchemaAndValue.NULL);
      assertThat(converter.toConnectData("t", new byte[0])).isEqualTo(SchemaAndValue.NULL);
      assertThat(converter.fromConnectData("t", null, null)).isNull();
    }
    assertThat(plain.toConnectData("t", utf8("null"))).isEqualTo(SchemaAndValue.NULL);
  }

  @Test
  void anObjectThatNobodyChangedIsWrittenAsItWasRead() {
    String text = " {\"a\": 1.50, \"b\": {\"c\" : [1e2, \"\\u0061\"]}} ";
    JsonObject root = (JsonObject) plain.toConnectData("t", utf8(text)).value();
    assertThat(written(plain, null, root)).isEqualTo(text.strip());
    assertThat(written(plain, null, root.get("b"))).isEqualTo("{\"c\" : [1e2, \"\\u0061\"]}");
    Map<String, Object> around = new LinkedHashMap<>();
    around.put("x", root);
    around.put("y", 1L);
    assertThat(written(plain, null, around)).isEqualTo("{\"x\":" + text.strip() + ",\"y\":1}");
    ((JsonObject) root.get("b")).put("d", null);
    assertThat(written(plain, null, root))
        .isEqualTo("{\"a\":1.5,\"b\":{\"c\":[1e2, \"\\u0061\"],\"d\":null}}");
    assertThat(written(typed, null, root.get("a"))).isEqualTo("{\"schema\":null,\"payload\":1.5}");
  }

  @Test
  void numbersBeyond64BitsKeepTheirDigits() {
    Map<?, ?> read =
        (Map<?, ?>) plain.toConnectData("t", utf8("{\"n\": 18446744073709551615}")).value();
    assertThat(read.get("n")).isEqualTo(new BigDecimal("18446744073709551615"));
    assertThat(written(plain, null, new HashMap<>(read))).isEqualTo("{\"n\":18446744073709551615}");
    assertThat(written(plain, null, BigInteger.TWO.pow(64))).isEqualTo("18446744073709551616");
  }

  @Test
  void decimalsAreExactWhenTheKeySaysSo() {
    JsonConverter exact = converter("schemas.enable", "false", "decimal.values", "exact");
    byte[] text = utf8("[0.1, 0.1000000000000000055, 1e400]");
    assertThat(exact.toConnectData("t", text).value())
        .isEqualTo(List.of(0.1, new BigDecimal("0.1000000000000000055"), new BigDecimal("1e400")));
    assertRefused(plain, "[0.1, 1e400]", "TM-801", "byte 6 of 12", "decimal.values=double");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a": s3cr3t}                                      | TM-800 | byte 6
          {"s3cr3t": 1, "s3cr3t": 2}                         | TM-800 | same name twice at byte 15
          {"a": "s3cr3t                                      | TM-800 | byte 13 of 13
          """)
  void whatIsNoJsonIsRefusedWithItsPositionAndNotQuoted(String text, String code, String part) {
    assertRefused(plain, text, code, part, "value of a record of topic t");
    assertRefused(typed, text, code, part, "value of a record of topic t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "null",
        "[]",
        "{}",
        "{\"a\":1}",
        "{\"schema\":null}",
        "{\"payload\":1}",
        "{\"schema\":null,\"payload\":1,\"a\":2}",
        "{\"schema\":null,\"Payload\":1}"
      })
  void withSchemasPlainJsonIsRefusedAndTheRemedyNamed(String text) {
    assertRefused(typed, text, "TM-802", "schemas.enable=false");
    assertThatThrownBy(() -> Pair.withSchemas().connects.toConnectData("t", utf8(text)))
        .isInstanceOf(DataException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                | has no type
          {"type": 1}                                                       | has no type
          7                                                                 | has no type
          {"type": "s3cr3t"}                                                | unknown type
          {"type": "array"}                                                 | "items"
          {"type": "map", "keys": {"type": "string"}}                       | "values"
          {"type": "struct"}                                                | "fields"
          {"type": "struct", "fields": [{"type": "int8"}]}                  | no name
          {"type": "struct", "fields": [{"type": "x", "field": "order"}]}   | field order
          {"type": "int8", "parameters": {"a": 1}}                          | not a string
          {"type": "int8", "default": "s3cr3t"}                             | whole number
          {"type": "int8", "default": null}                                 | null
          """)
  void whatIsNoSchemaIsRefused(String schema, String part) {
    assertRefused(typed, "{\"schema\": " + schema + ", \"payload\": 1}", "TM-803", part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "boolean"                        | "s3cr3t"              | a boolean is expected, and found is a string
          "int8"                           | 128                   | 8 bits
          "int16"                          | -32769                | 16 bits
          "int32"                          | 2147483648            | 32 bits
          "int64"                          | 9223372036854775808   | 64 bits
          "int64"                          | 1.5                   | 64 bits
          "int64"                          | "1"                   | found is a string
          "float"                          | 1e39                  | too large for float32
          "double"                         | "s3cr3t"              | found is a string
          "string"                         | 1                     | found is a whole number
          "bytes"                          | "s3cr3t!"             | Base64
          "bytes"                          | 7                     | Base64
          "int8"                           | null                  | neither optional
          "array", "items": {"type":"int8"} | {}                   | an array is expected
          "array", "items": {"type":"int8"} | [1, null]            | neither optional
          "map", "keys": {"type":"string"}, "values": {"type":"int8"} | [] | an object for a map
          "map", "keys": {"type":"int8"}, "values": {"type":"int8"}   | {} | array of pairs
          "map", "keys": {"type":"int8"}, "values": {"type":"int8"}   | [[1]] | key and its value
          "struct", "fields": [{"field": "f", "type": "int8"}]        | {} | field f does not fit
          "struct", "fields": [{"field": "f", "type": "int8"}]        | 1  | an object for a struct
          "bytes", "name": "org.apache.kafka.connect.data.Decimal", "parameters": {"scale": "2"} | true | Base64
          "bytes", "name": "org.apache.kafka.connect.data.Decimal", "parameters": {"scale": "2"} | "" | no bytes
          "int32", "name": "org.apache.kafka.connect.data.Time"       | 86400001 | within a day
          "int64", "name": "org.apache.kafka.connect.data.Timestamp"  | "s3cr3t" | ISO 8601
          """)
  void whatDoesNotFitItsSchemaIsRefusedAndNotAltered(String type, String payload, String part) {
    String text = "{\"schema\": {\"type\": " + type + "}, \"payload\": " + payload + "}";
    assertRefused(typed, text, "TM-804", part);
  }

  @Test
  void aWholeNumberMayHaveAPointOrAnExponent() {
    assertThat(payload("{\"type\": \"int32\"}", "1.0")).isEqualTo(1);
    assertThat(payload("{\"type\": \"int8\"}", "1e2")).isEqualTo((byte) 100);
    assertThat(payload("{\"type\": \"int64\"}", "-9.223372036854775808E18"))
        .isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void numbersThatJsonDoesNotHaveAreTextsAndReadBack() {
    for (double number : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
      byte[] written = typed.fromConnectData("t", Schema.FLOAT64_SCHEMA, number);
      assertThat(new String(written, StandardCharsets.UTF_8)).endsWith(":\"" + number + "\"}");
      assertThat(written)
          .isEqualTo(
              Pair.withSchemas().connects.fromConnectData("t", Schema.FLOAT64_SCHEMA, number));
      assertThat(typed.toConnectData("t", written).value()).isEqualTo(number);
    }
  }

  @Test
  void theSameBytesOfASchemaGiveTheSameObjectUpToTheSizeOfTheCache() {
    JsonConverter one = converter("schemas.cache.size", "1");
    Schema first = schema(one, "int8");
    assertThat(schema(one, "int8")).isSameAs(first);
    schema(one, "int16");
    assertThat(schema(one, "int8")).isEqualTo(first).isNotSameAs(first);
    JsonConverter none = converter("schemas.cache.size", "0");
    assertThat(schema(none, "int8")).isNotSameAs(schema(none, "int8"));
  }

  @Test
  void nullIsTheDefaultUnlessTheKeySaysOtherwise() {
    Schema field = SchemaBuilder.string().optional().defaultValue("d").build();
    Schema schema = SchemaBuilder.struct().field("f", field).build();
    Struct empty = new Struct(schema);
    JsonConverter keeping = converter("replace.null.with.default", "false");
    byte[] replaced = typed.fromConnectData("t", schema, empty);
    byte[] kept = keeping.fromConnectData("t", schema, empty);
    assertThat(new String(replaced, StandardCharsets.UTF_8)).endsWith("{\"f\":\"d\"}}");
    assertThat(new String(kept, StandardCharsets.UTF_8)).endsWith("{\"f\":null}}");
    Struct read = (Struct) typed.toConnectData("t", kept).value();
    assertThat(read.getWithoutDefault("f")).isEqualTo("d");
    read = (Struct) keeping.toConnectData("t", kept).value();
    assertThat(read.getWithoutDefault("f")).isNull();
  }

  @Test
  void optionsOfWritingDoWhatTheySay() {
    Schema schema =
        SchemaBuilder.struct()
            .field("at", Timestamp.SCHEMA)
            .field("none", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    Struct struct =
        new Struct(schema).put("at", java.util.Date.from(java.time.Instant.ofEpochMilli(1_500)));
    assertThat(written(plain, schema, struct)).isEqualTo("{\"at\":1500,\"none\":null}");
    JsonConverter options =
        converter("schemas.enable", "false", "timestamp.format", "iso", "null.fields", "omit");
    assertThat(written(options, schema, struct)).isEqualTo("{\"at\":\"1970-01-01T00:00:01.500Z\"}");
  }

  @Test
  void whatHasNoFormInJsonIsRefusedWithItsField() {
    Schema schema = SchemaBuilder.struct().field("f", Schema.INT8_SCHEMA).build();
    assertThatThrownBy(() -> plain.fromConnectData("t", null, Map.of("a", new Object())))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("TM-805 ")
        .hasMessageContaining("java.lang.Object");
    assertThatThrownBy(() -> plain.fromConnectData("t", schema, new Struct(schema)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("TM-805 ")
        .hasMessageContaining("field f");
    assertThatThrownBy(() -> plain.fromConnectData("t", Schema.INT8_SCHEMA, SECRET))
        .hasMessageStartingWith("TM-805 ")
        .hasMessageContaining("java.lang.String")
        .hasMessageNotContaining(SECRET);
    assertThatThrownBy(() -> plain.fromConnectData("t", null, nested(2000)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("TM-805 ");
  }

  @Test
  void halfOfASurrogatePairIsWrittenAsConnectWritesIt() {
    String half = "half \ud800 of a pair";
    assertThat(plain.fromConnectData("t", null, half))
        .isEqualTo(Pair.withoutSchemas().connects.fromConnectData("t", null, half));
  }

  @Test
  void aPartOfAByteBufferIsWrittenAsThatPart() {
    ByteBuffer part = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2);
    assertThat(written(plain, Schema.BYTES_SCHEMA, part)).isEqualTo("\"AgM=\"");
    assertThat(part.remaining()).isEqualTo(2);
  }

  @Test
  void oneSchemaForAllRecordsNeedsNoEnvelope() {
    JsonConverter content =
        converter("schema.content", "{\"type\": \"int16\", \"optional\": true}");
    SchemaAndValue read = content.toConnectData("t", utf8("7"));
    assertThat(read.schema()).isEqualTo(Schema.OPTIONAL_INT16_SCHEMA);
    assertThat(read.value()).isEqualTo((short) 7);
    assertThatThrownBy(() -> converter("schema.content", "{\"type\": 7}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.content");
  }

  @Test
  void headersAreReadAndWrittenLikeValues() {
    JsonConverter header = new JsonConverter();
    header.configure(Map.of("converter.type", "header", "schemas.enable", "false"));
    byte[] text = header.fromConnectHeader("t", "h", null, List.of(1L, "a"));
    assertThat(header.toConnectHeader("t", "h", text).value()).isEqualTo(List.of(1L, "a"));
    assertThatThrownBy(() -> header.toConnectHeader("t", "h", utf8("x")))
        .hasMessageContaining("header h of a record of topic t");
  }

  @Test
  void isFoundAsAServiceWithItsVersion() {
    assertThat(ServiceLoader.load(Converter.class)).hasAtLeastOneElementOfType(JsonConverter.class);
    assertThat(ServiceLoader.load(HeaderConverter.class))
        .hasAtLeastOneElementOfType(JsonConverter.class);
    assertThat(plain.version()).isEqualTo(Version.TEXT).isNotEmpty();
  }

  private static Object nested(int depth) {
    return depth == 0 ? 1L : List.of(nested(depth - 1));
  }

  private Object payload(String schema, String payload) {
    return typed
        .toConnectData("t", utf8("{\"schema\": " + schema + ", \"payload\": " + payload + "}"))
        .value();
  }

  private static Schema schema(JsonConverter converter, String type) {
    return converter
        .toConnectData("t", utf8("{\"schema\": {\"type\": \"" + type + "\"}, \"payload\": 1}"))
        .schema();
  }

  private static void assertRefused(
      JsonConverter converter, String text, String code, String... parts) {
    assertThatThrownBy(() -> converter.toConnectData("t", utf8(text)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(code + " ")
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining(SECRET);
  }

  private static String written(JsonConverter converter, Schema schema, Object value) {
    return new String(converter.fromConnectData("t", schema, value), StandardCharsets.UTF_8);
  }

  private static JsonConverter converter(String... keysAndValues) {
    Map<String, String> configs = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      configs.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    JsonConverter converter = new JsonConverter();
    converter.configure(configs, false);
    return converter;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
