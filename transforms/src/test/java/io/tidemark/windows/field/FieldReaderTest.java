package io.tidemark.windows.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.FieldRef;
import io.tidemark.windows.fake.Records;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("JavaUtilDate") // Connect hands its logical types over as Date
class FieldReaderTest {

  private static final Schema MAYBE_NUMBER = Schema.OPTIONAL_INT64_SCHEMA;
  private static final ColumnType WIDE = new ColumnType.Decimal(38, 2);

  /** Schema or null for none, value, type, what functions get. */
  static Stream<Arguments> scalars() {
    BigDecimal price = new BigDecimal("19.99");
    Schema money =
        SchemaBuilder.type(Schema.Type.BYTES)
            .name(Decimal.LOGICAL_NAME)
            .parameter("scale", "2")
            .parameter("connect.decimal.precision", "9")
            .build();
    return Stream.of(
        arguments(Schema.BOOLEAN_SCHEMA, true, Primitive.BOOLEAN, true),
        arguments(Schema.INT8_SCHEMA, (byte) 7, Primitive.BYTE, 7L),
        arguments(Schema.INT16_SCHEMA, (short) 7, Primitive.SHORT, 7L),
        arguments(Schema.INT32_SCHEMA, 7, Primitive.INTEGER, 7L),
        arguments(Schema.INT64_SCHEMA, Long.MIN_VALUE, Primitive.LONG, Long.MIN_VALUE),
        arguments(Schema.FLOAT32_SCHEMA, 0.5f, Primitive.FLOAT, 0.5),
        arguments(Schema.FLOAT64_SCHEMA, Double.NaN, Primitive.DOUBLE, Double.NaN),
        arguments(Schema.STRING_SCHEMA, "é", Primitive.STRING, "é"),
        arguments(Schema.BYTES_SCHEMA, new byte[] {1}, Primitive.BINARY, new byte[] {1}),
        arguments(money, price, new ColumnType.Decimal(9, 2), price),
        arguments(Decimal.schema(2), price, WIDE, price),
        arguments(Timestamp.SCHEMA, new Date(5), Primitive.TIMESTAMP, 5_000L),
        arguments(
            org.apache.kafka.connect.data.Date.SCHEMA, new Date(86_400_000L), Primitive.DATE, 1L),
        arguments(Time.SCHEMA, new Date(5), Primitive.LONG, 5_000L),
        arguments(
            SchemaBuilder.int32().name("io.debezium.time.Date").build(), 3, Primitive.DATE, 3L),
        arguments(
            SchemaBuilder.string().name("io.debezium.data.Uuid").build(),
            "u",
            Primitive.STRING,
            "u"),
        arguments(null, true, Primitive.BOOLEAN, true),
        arguments(null, (byte) 7, Primitive.LONG, 7L),
        arguments(null, 7, Primitive.LONG, 7L),
        arguments(null, 7L, Primitive.LONG, 7L),
        arguments(null, 0.5f, Primitive.DOUBLE, 0.5),
        arguments(null, 0.5, Primitive.DOUBLE, 0.5),
        arguments(null, "é", Primitive.STRING, "é"),
        arguments(null, price, WIDE, price),
        arguments(
            null,
            BigInteger.TEN.pow(30),
            new ColumnType.Decimal(38, 0),
            new BigDecimal(BigInteger.TEN.pow(30))),
        arguments(null, ByteBuffer.wrap(new byte[] {1}), Primitive.BINARY, new byte[] {1}),
        arguments(null, new Date(5), Primitive.TIMESTAMP, 5_000L));
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void readsScalarsInTheKindsThatFunctionsTake(
      Schema schema, Object value, ColumnType type, Object expected) {
    FieldReader reader = reader("f");
    Object container =
        schema == null ? Records.map("f", value) : Records.struct("f", schema, value);
    assertThat(reader.read(Records.of(container))).isEqualTo(expected);
    assertThat(reader.type()).isEqualTo(type);
  }

  @Test
  void knowsTheTypeOfANullOnlyFromASchema() {
    FieldReader reader = reader("a.b");
    Schema inner = SchemaBuilder.struct().optional().field("b", MAYBE_NUMBER).build();
    assertThat(reader.read(Records.of(Records.struct("a", inner, new Struct(inner))))).isNull();
    assertThat(reader.type()).isEqualTo(Primitive.LONG);
    assertThat(reader.read(Records.of(Records.struct("a", inner, null)))).isNull();
    assertThat(reader.type()).isEqualTo(Primitive.LONG);
    for (Map<String, Object> none :
        List.of(
            Map.<String, Object>of(),
            Records.map("a", null),
            Records.map("a", Map.of()),
            Records.map("a", Records.map("b", null)))) {
      assertThat(reader.read(Records.of(none))).isNull();
      assertThat(reader.type()).isNull();
    }
  }

  @Test
  void followsEachRecordsOwnSchema() {
    FieldReader reader = reader("f");
    assertThat(reader.read(Records.of(Records.struct("f", Schema.INT32_SCHEMA, 1)))).isEqualTo(1L);
    assertThat(reader.read(Records.of(Records.map("f", "x")))).isEqualTo("x");
    assertThat(reader.type()).isEqualTo(Primitive.STRING);
    assertThat(reader.read(Records.of(Records.struct("f", Schema.FLOAT64_SCHEMA, 2.0))))
        .isEqualTo(2.0);
    assertThat(reader.type()).isEqualTo(Primitive.DOUBLE);
  }

  @Test
  void takesADefaultForNullOnlyWhereNullIsNotAllowed() {
    Schema optional = SchemaBuilder.int64().optional().defaultValue(5L).build();
    assertThat(reader("f").read(Records.of(Records.struct("f", optional, null)))).isNull();
    Schema required = SchemaBuilder.int64().defaultValue(5L).build();
    assertThat(reader("f").read(Records.of(Records.struct("f", required, null)))).isEqualTo(5L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"g", "f.g", "F"})
  void refusesAFieldThatTheSchemaDoesNotHave(String path) {
    assertUnreadable(
        path, Records.struct("f", Schema.STRING_SCHEMA, "secret"), "the schema has no such field");
  }

  static Stream<Arguments> others() {
    Schema inner = SchemaBuilder.struct().field("x", Schema.STRING_SCHEMA).build();
    Schema list = SchemaBuilder.array(Schema.STRING_SCHEMA).build();
    return Stream.of(
        arguments(
            Records.struct("f", inner, new Struct(inner).put("x", "secret")),
            "struct<x:string> is no scalar"),
        arguments(Records.struct("f", list, List.of("secret")), "array<string> is no scalar"),
        arguments(
            Records.struct(
                "f", SchemaBuilder.struct().build(), new Struct(SchemaBuilder.struct().build())),
            "a struct is no scalar"),
        arguments(Map.of("f", Map.of("x", "secret")), "struct<x:string> is no scalar"),
        arguments(Map.of("f", List.of("secret")), "array<string> is no scalar"),
        arguments(Map.of("f", List.of()), "an empty value is no scalar"),
        arguments(Map.of("f", new StringBuilder("secret")), "it is of a kind that no column holds"),
        arguments(
            Map.of("f", new BigDecimal("123456789012345678901234567890123456789")),
            "a decimal does not fit decimal(38,0) without loss"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void refusesWhatIsNoScalar(Object container, String reason) {
    assertUnreadable("f", container, reason);
  }

  @Test
  void refusesAPathThroughAScalar() {
    assertUnreadable("f.g", Map.of("f", "secret"), "what it should be in is no map");
  }

  /** Path, and what it finds in a record that has both fields, or one. */
  @ParameterizedTest
  @CsvSource({
    "customer.city,      literal, nested, literal",
    "`customer.city`,    literal, absent, literal",
    "`customer`.city,    nested,  nested, absent",
    "`customer`.`city`,  nested,  nested, absent",
  })
  void findsTheFieldOfThatNameBeforeThePath(
      String path, String inBoth, String inNested, String inLiteral) {
    Map<String, Object> nested = Map.of("customer", Map.of("city", "nested"));
    Map<String, Object> literal = Map.of("customer.city", "literal");
    Map<String, Object> both = new HashMap<>(nested);
    both.putAll(literal);
    assertFinds(path, both, inBoth);
    assertFinds(path, nested, inNested);
    assertFinds(path, literal, inLiteral);
    Schema inner = SchemaBuilder.struct().field("city", Schema.STRING_SCHEMA).build();
    Schema schema =
        SchemaBuilder.struct()
            .field("customer", inner)
            .field("customer.city", Schema.STRING_SCHEMA)
            .build();
    Struct struct =
        new Struct(schema)
            .put("customer", new Struct(inner).put("city", "nested"))
            .put("customer.city", "literal");
    assertFinds(path, struct, inBoth);
    assertFinds(
        path, Records.struct("customer", inner, new Struct(inner).put("city", "nested")), inNested);
    assertFinds(path, Records.struct("customer.city", Schema.STRING_SCHEMA, "literal"), inLiteral);
  }

  private static void assertFinds(String path, Object container, String expected) {
    FieldReader reader = reader(path);
    Object value;
    try {
      value = reader.read(Records.of(container));
    } catch (TidemarkException e) {
      assertThat(e).hasMessageContaining("the schema has no such field");
      value = null;
    }
    assertThat(value).isEqualTo(expected.equals("absent") ? null : expected);
    assertThat(reader.isFound()).isEqualTo(!expected.equals("absent"));
  }

  @Test
  void knowsAFieldThatIsThereFromOneThatIsNot() {
    FieldReader reader = reader("a.b");
    reader.read(Records.of(Map.of()));
    reader.read(Records.of(Records.map("a", null)));
    reader.read(Records.of(Map.of("a", Map.of("c", 1))));
    assertThat(reader.isFound()).isFalse();
    reader.read(Records.of(Map.of("a", Records.map("b", null))));
    assertThat(reader.isFound()).isTrue();
  }

  /** As a question mark it would be the same as another one, and as a question mark. */
  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "a\udc00", "\ud800\ud800\udc00", "\udc00\ud800"})
  void refusesHalfACharacter(String text) {
    String reason = "it is text with half of a surrogate pair";
    assertUnreadable("f", Map.of("f", text), reason);
    assertUnreadable("f", Records.struct("f", Schema.STRING_SCHEMA, text), reason);
    String whole = "\ud83d\ude00 ok";
    assertThat(reader("f").read(Records.of(Map.of("f", whole)))).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret"})
  void refusesARecordWithoutFields(String value) {
    assertThatThrownBy(() -> reader("f").read(Records.of(value)))
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("TM-400")
        .hasMessageContaining("orders-3@881")
        .hasMessageContaining("field f cannot be read")
        .hasMessageNotContaining(value);
  }

  private static FieldReader reader(String path) {
    return new FieldReader(FieldRef.parse(path));
  }

  private static void assertUnreadable(String path, Object container, String reason) {
    FieldReader reader = reader(path);
    // Twice: what was learned of a schema must not outlive its refusal.
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> reader.read(Records.of(container)))
          .isInstanceOf(TidemarkException.class)
          .hasMessageStartingWith("TM-401")
          .hasMessageContaining(
              "Cannot aggregate orders-3@881: field " + path + " cannot be read: " + reason)
          .hasMessageNotContaining("secret")
          .hasMessageNotContaining("1234567");
    }
  }
}
