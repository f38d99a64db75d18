package io.tidemark.windows.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.common.TidemarkException;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.WatermarkSpec;
import io.tidemark.windows.config.WindowSpec;
import io.tidemark.windows.fold.Accumulators;
import io.tidemark.windows.fold.GroupKey;
import io.tidemark.windows.function.Occurrence;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultRowsTest {

  private final ByteWriter key = new ByteWriter(16);

  private Struct row(
      String groupBy,
      Object group,
      String aggregates,
      Map<String, String> types,
      Object... values) {
    ResultRow row = result(groupBy, group, aggregates, types, values);
    assertThat(row.failure()).isEmpty();
    return row.value();
  }

  private ResultRow result(
      String groupBy,
      Object group,
      String aggregates,
      Map<String, String> types,
      Object... values) {
    Aggregation aggregation = Aggregations.of(WindowSpec.tumbling(10_000_000), groupBy, aggregates);
    Accumulators layout = Aggregations.operator(aggregation).layout();
    Accumulators.Group accumulators = layout.group();
    Occurrence at = new Occurrence();
    for (Object value : values) {
      Object[] arguments = new Object[layout.count()];
      Arrays.fill(arguments, value);
      accumulators.add(arguments, at);
      at.offset++;
    }
    key.truncate(0);
    if (!groupBy.isEmpty()) {
      GroupKey.write(group, key);
    }
    return new ResultRows(aggregation, layout, types)
        .row(-10_000_000, 0, key.array(), 0, key.length(), accumulators);
  }

  @Test
  void hasTheWindowThenTheGroupThenTheAggregates() {
    Struct row =
        row("g", "a", "n=count(*), s=sum(v)", Map.of("g", "string", "v", "integer"), 1L, 2L);
    assertThat(row.schema().fields())
        .extracting(Field::name)
        .containsExactly("window", "g", "n", "s");
    Struct window = row.getStruct("window");
    assertThat(window.schema().fields()).extracting(Field::name).containsExactly("start", "end");
    assertThat(window.schema().field("start").schema().name())
        .isEqualTo("io.debezium.time.MicroTimestamp");
    assertThat(window.get("start")).isEqualTo(-10_000_000L);
    assertThat(window.get("end")).isEqualTo(0L);
    assertThat(row.get("g")).isEqualTo("a");
    assertThat(row.get("n")).isEqualTo(2L);
    assertThat(row.get("s")).isEqualTo(3L);
  }

  private static Optional<ResultRow> wanted(
      String having, Map<String, String> types, Object value) {
    Aggregation aggregation =
        Aggregations.of(
            WindowSpec.tumbling(10_000_000),
            new WatermarkSpec(0, WatermarkSpec.Policy.MIN, 0, 0),
            "",
            "n=count(*), s=sum(v)",
            Optional.of(having));
    Accumulators layout = Aggregations.operator(aggregation).layout();
    Accumulators.Group accumulators = layout.group();
    accumulators.add(new Object[] {true, value}, new Occurrence());
    ResultRows rows = new ResultRows(aggregation, layout, types);
    return rows.wanted(rows.row(-10_000_000, 0, new byte[0], 0, 0, accumulators));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          s > 4                                          | true
          s > 5                                          | false
          s + NULL > 4                                   | false
          n = 1 AND window.start < window.end            | true
          window.end = TIMESTAMP '1970-01-01 00:00:00'   | true
          window.start = TIMESTAMP '1969-12-31 23:59:51' | false
          """)
  void keepsTheRowsThatMeetTheCondition(String having, boolean kept) {
    Optional<ResultRow> row = wanted(having, Map.of("v", "integer"), 5L);
    assertThat(row.isPresent()).isEqualTo(kept);
    row.ifPresent(any -> assertThat(any.failure()).isEmpty());
  }

  @Test
  void takesAColumnWithoutTypeForNullInTheCondition() {
    assertThat(wanted("s > 4", Map.of(), null)).isEmpty();
    assertThat(wanted("s IS NULL", Map.of(), null)).isPresent();
  }

  /** Else the row would be lost, or the result of the batch would depend on it. */
  @Test
  void saysWhyTheConditionOfARowHasNoResult() {
    assertThat(wanted("10 / (s - 5) > 1", Map.of("v", "integer"), 5L).orElseThrow().failure())
        .get()
        .asString()
        .contains("TM-445", "starts at 1969-12-31T23:59:50Z", "at character 4 of having");
    assertThat(wanted("s > 'x' AND s.a = 1", Map.of("v", "integer"), 5L).orElseThrow().failure())
        .get()
        .asString()
        .contains("TM-446", "having does not fit the columns");
  }

  @Test
  void reportsAnOverflowBeforeTheConditionHidesIt() {
    Aggregation aggregation =
        Aggregations.of(
            WindowSpec.tumbling(10_000_000),
            new WatermarkSpec(0, WatermarkSpec.Policy.MIN, 0, 0),
            "",
            "s=sum(v)",
            Optional.of("s > 1"));
    Accumulators layout = Aggregations.operator(aggregation).layout();
    Accumulators.Group accumulators = layout.group();
    accumulators.add(new Object[] {Long.MAX_VALUE}, new Occurrence());
    accumulators.add(new Object[] {Long.MAX_VALUE}, new Occurrence());
    ResultRows rows = new ResultRows(aggregation, layout, Map.of("v", "long"));
    assertThat(rows.wanted(rows.row(0, 1, new byte[0], 0, 0, accumulators)).orElseThrow().failure())
        .get()
        .asString()
        .contains("TM-440");
  }

  @Test
  void leavesOutWhatHasNoTypeYet() {
    Struct row = row("g", null, "n=count(v), s=sum(v), c=collect_set(v)", Map.of());
    assertThat(row.schema().fields()).extracting(Field::name).containsExactly("window", "n");
    assertThat(row.get("n")).isEqualTo(0L);
  }

  @Test
  void hasNullsOfAWindowWithoutValues() {
    Struct row =
        row(
            "g",
            null,
            "s=sum(v), a=avg(v), c=collect_set(v), d=approx_count_distinct(v)",
            Map.of("g", "long", "v", "decimal(4,1)"));
    assertThat(row.get("g")).isNull();
    assertThat(row.get("s")).isNull();
    assertThat(row.get("a")).isNull();
    assertThat(row.get("c")).isEqualTo(List.of());
    assertThat(row.get("d")).isEqualTo(0L);
    assertThat(row.schema().field("s").schema().isOptional()).isTrue();
  }

  /** Type that the field has now, of values that it had before. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          byte         | INT8    | 5   | INT64   | 5
          short        | INT16   | 5   | INT64   | 5
          integer      | INT32   | 5   | INT64   | 5
          long         | INT64   | 5   | INT64   | 5
          double       | FLOAT64 | 5.0 | FLOAT64 | 5.0
          float        | FLOAT32 | 5.0 | FLOAT64 | 5.0
          decimal(5,2) | BYTES   | 5.00| BYTES   | 5.00
          """)
  void givesWholeNumbersInTheTypeThatTheFieldHasNow(
      String type, Schema.Type min, String least, Schema.Type sum, String total) {
    Struct row = row("g", 7L, "m=min(v), s=sum(v)", Map.of("g", "integer", "v", type), 5L);
    assertThat(row.get("g")).isEqualTo(7);
    assertThat(row.schema().field("m").schema().type()).isEqualTo(min);
    assertThat(row.get("m")).hasToString(least);
    assertThat(row.schema().field("s").schema().type()).isEqualTo(sum);
    assertThat(row.get("s")).hasToString(total);
  }

  @Test
  void givesEveryKindInItsConnectSchema() {
    assertThat(one("boolean", true)).isEqualTo(true);
    assertThat(one("string", "x")).isEqualTo("x");
    assertThat(one("binary", new byte[] {1})).isEqualTo(new byte[] {1});
    assertThat(one("date", 3L)).isEqualTo(3);
    assertThat(one("timestamp", 3L)).isEqualTo(3L);
    assertThat(one("decimal(38,4)", new BigDecimal("1.5"))).isEqualTo(new BigDecimal("1.5000"));
    assertThat(
            row(
                    "",
                    null,
                    "c=collect_set(v)",
                    Map.of("v", "decimal(9,2)"),
                    new BigDecimal("1.5"),
                    1L)
                .get("c"))
        .isEqualTo(List.of(new BigDecimal("1.00"), new BigDecimal("1.50")));
  }

  /** As a group and as an aggregate, which are the same. */
  private Object one(String type, Object value) {
    Struct row = row("v", value, "m=max(v)", Map.of("v", type), value);
    assertThat(row.get("v")).isEqualTo(row.get("m"));
    row.validate();
    return row.get("m");
  }

  @Test
  void saysWhichResultDoesNotFitAndShowsNeitherGroupNorValue() {
    ResultRow row =
        result(
            "g",
            "secret",
            "s=sum(v), n=count(*)",
            Map.of("g", "string", "v", "long"),
            Long.MAX_VALUE,
            1L);
    assertThat(row.value().get("s")).isNull();
    assertThat(row.value().get("n")).as("the others are in the row").isEqualTo(2L);
    assertThat(row.value().get("g")).isEqualTo("secret");
    assertThat(row.failure().orElseThrow())
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("TM-440")
        .hasMessageContaining(
            "Cannot write the row of a window of revenue that starts at 1969-12-31T23:59:50Z: the"
                + " result of sum does not fit long in column s, for the group whose key hashes to "
                + Integer.toHexString(Arrays.hashCode(bytes("\u0007secret\0\0"))))
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("9223372");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
