package io.tidemark.converters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;

/** Whatever Connect's converter reads and writes rightly, ours reads and writes the same. */
class ConnectComparisonTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static Pair plain;
  private static Pair typed;

  @BeforeContainer
  static void configure() {
    plain = Pair.withoutSchemas();
    typed = Pair.withSchemas();
  }

  @Property
  void plainTextsHaveTheSameValues(@ForAll("documents") String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    SchemaAndValue ours = plain.ours.toConnectData("t", bytes);
    SchemaAndValue connects = plain.connects.toConnectData("t", bytes);
    assertThat(ours.schema()).isNull();
    assertSame(ours.value(), connects.value());
  }

  @Property
  void whatIsReadAndWrittenIsTheSameText(@ForAll("documents") String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Object untouched = plain.ours.toConnectData("t", bytes).value();
    Object connects = plain.connects.toConnectData("t", bytes).value();
    byte[] written = plain.ours.fromConnectData("t", null, untouched);
    assertThat(plain.ours.fromConnectData("t", null, connects))
        .isEqualTo(plain.connects.fromConnectData("t", null, connects));
    if (untouched == null) {
      assertThat(written).isNull();
    } else {
      assertThat(MAPPER.readTree(written)).isEqualTo(MAPPER.readTree(bytes));
    }
  }

  @Property
  void valuesWithSchemasAreWrittenAndReadAlike(@ForAll("typedValues") SchemaAndValue value)
      throws IOException {
    byte[] ours = typed.ours.fromConnectData("t", value.schema(), value.value());
    byte[] connects = typed.connects.fromConnectData("t", value.schema(), value.value());
    assertThat(MAPPER.readTree(ours)).isEqualTo(MAPPER.readTree(connects));
    SchemaAndValue read = typed.ours.toConnectData("t", connects);
    // As texts: schemas whose defaults are bytes are never equal.
    assertThat(typed.connects.asJsonSchema(read.schema()))
        .hasToString(typed.connects.asJsonSchema(value.schema()).toString());
    SchemaAndValue readByConnects = typed.connects.toConnectData("t", ours);
    assertThat(TypedValues.comparable(read.value()))
        .isEqualTo(TypedValues.comparable(readByConnects.value()))
        .isEqualTo(TypedValues.comparable(value.value()));
    Schema again = typed.ours.toConnectData("t", connects).schema();
    assertThat(again).isSameAs(read.schema());
  }

  @Property
  void ourOptionsAreReadBackWhateverTheyAre(
      @ForAll("typedValues") SchemaAndValue value,
      @ForAll boolean numeric,
      @ForAll boolean iso,
      @ForAll boolean omit) {
    JsonConverter converter = new JsonConverter();
    converter.configure(
        Map.of(
            "decimal.format", numeric ? "numeric" : "BASE64",
            "timestamp.format", iso ? "iso" : "epoch",
            "null.fields", omit ? "omit" : "keep"),
        true);
    byte[] written = converter.fromConnectData("t", value.schema(), value.value());
    assertThat(TypedValues.comparable(converter.toConnectData("t", written).value()))
        .isEqualTo(TypedValues.comparable(value.value()));
  }

  /** Numbers of the same class and value; a zero has no sign for Connect's converter. */
  private static void assertSame(Object ours, Object connects) {
    if (connects instanceof Map<?, ?> map) {
      Map<?, ?> other = (Map<?, ?>) ours;
      assertThat(other.keySet()).isEqualTo(map.keySet());
      map.forEach((name, value) -> assertSame(other.get(name), value));
    } else if (connects instanceof List<?> list) {
      List<?> other = (List<?>) ours;
      assertThat(other).hasSameSizeAs(list);
      for (int i = 0; i < list.size(); i++) {
        assertSame(other.get(i), list.get(i));
      }
    } else if (connects instanceof Double number && number == 0) {
      assertThat((Double) ours).isZero();
    } else {
      assertThat(ours).isEqualTo(connects);
    }
  }

  @Provide
  Arbitrary<String> documents() {
    return Texts.documents();
  }

  @Provide
  Arbitrary<SchemaAndValue> typedValues() {
    return TypedValues.any();
  }
}
