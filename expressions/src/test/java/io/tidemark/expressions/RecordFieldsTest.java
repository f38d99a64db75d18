package io.tidemark.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.expressions.syntax.SyntaxException;
import io.tidemark.expressions.type.Failure;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same expressions over Structs and over maps. */
@SuppressWarnings("JavaUtilDate") // Connect hands its logical types over as Date
class RecordFieldsTest {

  private static final Schema ADDRESS =
      SchemaBuilder.struct().field("city", Schema.OPTIONAL_STRING_SCHEMA).optional().build();

  private static final Schema ORDER =
      SchemaBuilder.struct()
          .field("id", Schema.INT64_SCHEMA)
          .field("price", Schema.FLOAT64_SCHEMA)
          .field("status", Schema.OPTIONAL_STRING_SCHEMA)
          .field("paid", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("missing", Schema.OPTIONAL_INT64_SCHEMA)
          .field("address", ADDRESS)
          .field("tags", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
          .field("counts", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT64_SCHEMA).build())
          .field("a.b", Schema.INT64_SCHEMA)
          .build();

  private static Struct struct() {
    return new Struct(ORDER)
        .put("id", 42L)
        .put("price", 2.5)
        .put("status", "PAID")
        .put("paid", true)
        .put("address", new Struct(ADDRESS).put("city", "Köln"))
        .put("tags", List.of("x", "y"))
        .put("counts", Map.of("n", 3L))
        .put("a.b", 9L);
  }

  private static Map<String, Object> map() {
    Map<String, Object> map = new HashMap<>();
    map.put("id", 42L);
    map.put("price", 2.5);
    map.put("status", "PAID");
    map.put("paid", true);
    map.put("missing", null);
    map.put("address", Map.of("city", "Köln"));
    map.put("tags", List.of("x", "y"));
    map.put("counts", Map.of("n", 3L));
    map.put("a.b", 9L);
    return map;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "-",
      value = {
        "id + 1|43",
        "id * price|105.0",
        "id > 40 AND status = 'PAID'|true",
        "paid|true",
        "paid AND id = 42|true",
        "missing + 1|-",
        "missing IS NULL|true",
        "missing <=> id|false",
        "coalesce(missing, id)|42",
        "address.city|Köln",
        "upper(address.city) LIKE 'K%'|true",
        "tags[1]|y",
        "element_at(tags, 1)|x",
        "array_contains(tags, 'y')|true",
        "array_contains(tags, 'z')|false",
        "size(tags)|2",
        "counts['n'] + 1|4",
        "counts['m']|-",
        "`a.b`|9",
        "id IN (1, 42)|true",
        "status NOT IN ('OPEN')|true",
        "CASE WHEN price > 2 THEN 'dear' ELSE 'cheap' END|dear",
        "concat(CAST(id AS string), status)|42PAID",
        "round(price * 3, 1)|7.5",
        "if(paid, id, 0) = 42|true",
        "greatest(id, 50)|50",
        "nullif(id, 42)|-",
        "- id|-42",
        "id BETWEEN 40 AND 45|true",
      })
  void haveOneMeaningWithAndWithoutASchema(String expression, String expected) {
    Object ofStruct = Sql.onStruct(expression, struct());
    Object ofMap = Sql.onMap(expression, map());
    assertThat(ofStruct == null ? null : ofStruct.toString()).isEqualTo(expected);
    assertThat(ofMap == null ? null : ofMap.toString()).isEqualTo(expected);
  }

  @Test
  void aFieldThatTheSchemaDoesNotHaveIsRefusedAndOneThatAMapDoesNotHaveIsNull() {
    assertThatThrownBy(() -> Sql.onStruct("Id = 1", struct()))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining("There is no field Id; the fields are id, price");
    assertThatThrownBy(() -> Sql.onStruct("address.street", struct()))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining("no field street");
    assertThat(Sql.onMap("Id = 1", map())).isNull();
  }

  @Test
  void aValueOfAnUnexpectedTypeInAMapIsAFailureThatNamesTypesOnly() {
    assertThatThrownBy(() -> Sql.onMap("size(status)", map()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("not string")
        .hasMessageNotContaining("PAID");
    assertThatThrownBy(() -> Sql.onMap("id AND paid", map())).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> Sql.onMap("id.x", map())).isInstanceOf(Failure.class);
  }

  @Test
  void aCallFollowsTheTypesOfTheRecords() {
    Expression sum = Compiler.compile("n + 1", RecordScope.WITHOUT_SCHEMA).expression();
    for (int round = 0; round < 2; round++) {
      assertThat(sum.evaluate(Sql.row(null, Map.of("n", 1L)))).isEqualTo(2L);
      assertThat(sum.evaluate(Sql.row(null, Map.of("n", 1.5)))).isEqualTo(2.5);
      assertThat(sum.evaluate(Sql.row(null, Map.of("n", new BigDecimal("1.5")))))
          .isEqualTo(new BigDecimal("2.5"));
    }
  }

  @Test
  void readsLogicalTypes() {
    Schema schema =
        SchemaBuilder.struct()
            .field("amount", Decimal.builder(2).parameter("connect.decimal.precision", "9").build())
            .field("at", Timestamp.SCHEMA)
            .field("day", org.apache.kafka.connect.data.Date.SCHEMA)
            .field("micros", SchemaBuilder.int64().name("io.debezium.time.MicroTimestamp").build())
            .field("zoned", SchemaBuilder.string().name("io.debezium.time.ZonedTimestamp").build())
            .field("days", SchemaBuilder.int32().name("io.debezium.time.Date").build())
            .field("time", Time.SCHEMA)
            .field("bytes", Schema.BYTES_SCHEMA)
            .build();
    Struct value =
        new Struct(schema)
            .put("amount", new BigDecimal("12.34"))
            .put("at", new Date(1500))
            .put("day", new Date(-86_400_000L))
            .put("micros", -1L)
            .put("zoned", "2024-01-01T01:00:00.123456789+01:00")
            .put("days", 1)
            .put("time", new Date(1))
            .put("bytes", ByteBuffer.wrap(new byte[] {1, (byte) 255}));
    assertThat(Sql.onStruct("CAST(amount + 1 AS string)", value)).isEqualTo("13.34");
    assertThat(Sql.onStruct("typeof(amount + 1)", value)).isEqualTo("decimal(10,2)");
    assertThat(Sql.onStruct("CAST(at AS string)", value)).isEqualTo("1970-01-01 00:00:01.5");
    assertThat(Sql.onStruct("CAST(day AS string)", value)).isEqualTo("1969-12-31");
    assertThat(Sql.onStruct("unix_micros(micros)", value)).isEqualTo(-1L);
    assertThat(Sql.onStruct("CAST(zoned AS string)", value))
        .isEqualTo("2024-01-01 00:00:00.123456");
    assertThat(Sql.onStruct("CAST(days AS string)", value)).isEqualTo("1970-01-02");
    assertThat(Sql.onStruct("time IS NULL", value)).isEqualTo(false);
    assertThat(Sql.onStruct("hex(bytes)", value)).isEqualTo("01FF");
    assertThatThrownBy(() -> Sql.onStruct("time = '1'", value)).isInstanceOf(SyntaxException.class);
  }

  @Test
  void aNullInAnArrayLeavesContainmentUnknown() {
    assertThat(Sql.onMap("array_contains(a, 2)", Map.of("a", Arrays.asList(1L, null)))).isNull();
    assertThat(Sql.onMap("array_contains(a, 1)", Map.of("a", Arrays.asList(1L, null))))
        .isEqualTo(true);
  }
}
