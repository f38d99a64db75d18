package io.tidemark.windows.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.windows.config.Input;
import io.tidemark.windows.fake.Records;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ComputedReaderTest {

  private static final Schema ORDER =
      SchemaBuilder.struct()
          .field("country", Schema.OPTIONAL_STRING_SCHEMA)
          .field("amount", Schema.OPTIONAL_INT32_SCHEMA)
          .field("price", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .build();

  private static ComputedReader reader(String text) {
    return (ComputedReader) InputReader.of(Input.parse(text));
  }

  static Stream<Arguments> expressions() {
    return Stream.of(
        Arguments.of("lower(country)", "be", "string", "string"),
        Arguments.of("amount > 100", true, "boolean", "boolean"),
        Arguments.of("amount + 1", 151L, "integer", "long"),
        Arguments.of("amount * 2L", 300L, "long", "long"),
        Arguments.of("CAST(amount AS smallint)", 150L, "short", "short"),
        Arguments.of("price * amount", 375.0, "double", "double"),
        Arguments.of("CAST(price AS float)", 2.5, "float", "float"),
        Arguments.of(
            "CAST(price AS decimal(9,2))", new BigDecimal("2.50"), "decimal(9,2)", "decimal(9,2)"),
        Arguments.of("DATE '1970-01-11'", 10L, "date", "date"),
        Arguments.of("TIMESTAMP '1969-12-31 23:59:59.999999'", -1L, "timestamp", "timestamp"),
        Arguments.of("nullif(amount, 150)", null, "integer", null),
        Arguments.of("(NULL)", null, null, null),
        Arguments.of("(_topic)", "orders", "string", "string"),
        Arguments.of("_offset + 1", 882L, "long", "long"));
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void readsWhatAggregateFunctionsTake(String text, Object value, String ofStruct, String ofMap) {
    ComputedReader reader = reader(text);
    Struct struct = new Struct(ORDER).put("country", "BE").put("amount", 150).put("price", 2.5);
    assertThat(reader.read(Records.of(struct))).isEqualTo(value);
    assertThat(name(reader.type())).isEqualTo(ofStruct);
    assertThat(reader.isFound()).isTrue();
    assertThat(reader.read(Records.of(Map.of("country", "BE", "amount", 150L, "price", 2.5))))
        .isEqualTo(value);
    assertThat(name(reader.type())).isEqualTo(ofMap);
  }

  private static String name(ColumnType type) {
    return type == null ? null : type.toString();
  }

  /** Otherwise each record with one digit more would change the table. */
  @Test
  void hasOneTypeForDecimalsOfAScale() {
    ComputedReader reader = reader("price + price");
    for (String price : List.of("1.5", "123456.5")) {
      reader.read(Records.of(Map.of("price", new BigDecimal(price))));
      assertThat(reader.type()).isEqualTo(new ColumnType.Decimal(38, 1));
    }
  }

  @Test
  void saysWhyARecordHasNoResult() {
    assertThatThrownBy(() -> reader("10 / amount").read(Records.of(Map.of("amount", 0L))))
        .hasMessageStartingWith("TM-409")
        .hasMessageContaining("orders-3@881: the expression 10 / amount has no result")
        .hasMessageContaining("at its character 4, ");
    assertThatThrownBy(() -> reader("lower(city)").read(Records.of(new Struct(ORDER))))
        .hasMessageStartingWith("TM-410")
        .hasMessageContaining("There is no field city");
    assertThatThrownBy(() -> reader("lower(city)").read(Records.of("text")))
        .hasMessageStartingWith("TM-400");
    assertThatThrownBy(() -> reader("(tags)").read(Records.of(Map.of("tags", List.of(1L)))))
        .hasMessageStartingWith("TM-401")
        .hasMessageContaining("is no scalar");
    assertThatThrownBy(() -> reader("concat(name, 'x')").read(Records.of(Map.of("name", "\ud83d"))))
        .hasMessageStartingWith("TM-401")
        .hasMessageContaining("half of a surrogate pair");
  }

  @Test
  void keepsBytes() {
    assertThat((byte[]) reader("CAST(country AS binary)").read(Records.of(Map.of("country", "BE"))))
        .isEqualTo("BE".getBytes(StandardCharsets.UTF_8));
  }
}
