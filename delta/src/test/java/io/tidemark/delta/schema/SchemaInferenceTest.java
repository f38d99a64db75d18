package io.tidemark.delta.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("JavaUtilDate") // Connect hands its logical types over as Date
class SchemaInferenceTest {

  static Stream<Arguments> mapping() {
    return Stream.of(
        Arguments.of(true, "boolean"),
        Arguments.of(1, "long"),
        Arguments.of(1L, "long"),
        Arguments.of(1.5, "double"),
        Arguments.of("x", "string"),
        Arguments.of(new BigDecimal("1.50"), "decimal(38,2)"),
        Arguments.of(new BigDecimal("1e3"), "decimal(38,0)"),
        Arguments.of(new byte[1], "binary"),
        Arguments.of(new java.util.Date(0), "timestamp"),
        Arguments.of(List.of(1L, 2.5), "array<double>"),
        Arguments.of(Arrays.asList(null, 1L), "array<long>"),
        Arguments.of(List.of(Map.of("a", 1L), Map.of("b", "x")), "array<struct<a:long,b:string>>"),
        Arguments.of(List.of(List.of(), List.of(1L)), "array<array<long>>"),
        Arguments.of(Map.of("a", Map.of("b", true)), "struct<a:struct<b:boolean>>"));
  }

  @ParameterizedTest
  @MethodSource("mapping")
  void infersEveryType(Object value, String type) {
    assertThat(SchemaInference.type(value)).hasToString("Optional[" + type + "]");
    assertThat(SchemaInference.showsType(value)).isTrue();
  }

  static Stream<Arguments> nothing() {
    return Stream.of(
        Arguments.of((Object) null),
        Arguments.of(List.of()),
        Arguments.of(Map.of()),
        Arguments.of(Collections.singletonList(null)),
        Arguments.of(List.of(Map.of(), List.of())),
        Arguments.of(Map.of("a", Collections.singletonMap("b", null))));
  }

  @ParameterizedTest
  @MethodSource("nothing")
  void emptyValuesGiveNoColumnYet(Object value) {
    assertThat(SchemaInference.type(value)).isEmpty();
    assertThat(SchemaInference.showsType(value)).isFalse();
    assertThat(SchemaInference.struct(Collections.singletonMap("f", value)).columns()).isEmpty();
  }

  @Test
  void columnsComeInTheOrderOfTheMapOrByName() {
    Map<String, Object> ordered = new LinkedHashMap<>();
    ordered.put("z", 1L);
    ordered.put("a", 1L);
    assertThat(SchemaInference.struct(ordered)).hasToString("struct<z:long,a:long>");
    assertThat(SchemaInference.struct(new HashMap<>(ordered))).hasToString("struct<a:long,z:long>");
  }

  @Test
  void contradictionsNameTheFieldAndBothTypes() {
    Map<String, Object> value = Map.of("order", Map.of("tags", List.of(1L, "x")));
    assertThatThrownBy(() -> SchemaInference.struct(value))
        .hasMessageStartingWith("TM-250")
        .hasMessageContaining("field order.tags.element: it is long and string");
  }

  @Test
  void refusesValuesThatNoColumnHolds() {
    assertThatThrownBy(() -> SchemaInference.struct(Map.of("f", new Object())))
        .hasMessageStartingWith("TM-254");
  }
}
