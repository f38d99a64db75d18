package io.tidemark.windows.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.tidemark.delta.schema.FieldRef;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowedAggregateConfigTest {

  private static Aggregation aggregation(String... changes) {
    return new WindowedAggregateConfig(props(changes)).aggregation("revenue");
  }

  private static Map<String, String> props(String... changes) {
    Map<String, String> props =
        new TreeMap<>(
            Map.of(
                "aggregates", "total=sum(amount)",
                "group.by", "product",
                "window.size.ms", "60000",
                "watermark.delay.ms", "5000"));
    for (int i = 0; i < changes.length; i += 2) {
      if (changes[i + 1] == null) {
        props.remove(changes[i]);
      } else {
        props.put(changes[i], changes[i + 1]);
      }
    }
    return props;
  }

  @Test
  void hasTheDefaultsOfTheReference() {
    Aggregation aggregation = aggregation();
    assertThat(aggregation.window()).isEqualTo(WindowSpec.tumbling(60_000_000));
    assertThat(aggregation.eventTime().field()).isEmpty();
    assertThat(aggregation.eventTime().format()).isEqualTo(EventTime.Format.MILLIS);
    assertThat(aggregation.watermark())
        .isEqualTo(new WatermarkSpec(5_000, WatermarkSpec.Policy.MIN, 300_000, 86_400_000));
    assertThat(aggregation.topic()).isEqualTo("revenue");
    assertThat(aggregation.windowColumn()).isEqualTo("window");
    assertThat(aggregation.forwardInput()).isFalse();
    assertThat(aggregation.reportLate()).isFalse();
    assertThat(aggregation.memoryProvider()).isFalse();
    assertThat(aggregation.bufferBytes()).isZero();
  }

  @Test
  void readsWordsInAnyCase() {
    Aggregation aggregation =
        aggregation(
            "window.type", "Session",
            "window.size.ms", null,
            "window.gap.ms", "1",
            "watermark.policy", "MAX",
            "event.time.field", "meta.at",
            "event.time.format", "Nanos",
            "late.records", "Report",
            "state.store.provider", "Memory",
            "topic", "sums",
            "group.by", "a.b, c.d AS e");
    assertThat(aggregation.window()).isEqualTo(WindowSpec.session(1_000));
    assertThat(aggregation.watermark().policy()).isEqualTo(WatermarkSpec.Policy.MAX);
    assertThat(aggregation.eventTime().field()).hasToString("Optional[meta.at]");
    assertThat(aggregation.eventTime().format()).isEqualTo(EventTime.Format.NANOS);
    assertThat(aggregation.reportLate()).isTrue();
    assertThat(aggregation.memoryProvider()).isTrue();
    assertThat(aggregation.topic()).isEqualTo("sums");
    assertThat(aggregation.groupBy())
        .extracting(GroupField::column, group -> group.input().toString())
        .containsExactly(tuple("b", "a.b"), tuple("e", "c.d"));
  }

  @Test
  void takesNamesInBackticks() {
    assertThat(
            aggregation("group.by", "`customer.city`, `first name` AS name, `a.b`.c, `a``b`")
                .groupBy())
        .extracting(GroupField::column, group -> ((Input.Field) group.input()).ref().path())
        .containsExactly(
            tuple("customer.city", List.of("customer.city")),
            tuple("name", List.of("first name")),
            tuple("c", List.of("a.b", "c")),
            tuple("a`b", List.of("a`b")));
  }

  /** Otherwise a state would be continued with another field. */
  @Test
  void isAnotherDefinitionWithAnotherField() {
    assertThat(
            Stream.of("a.b", "`a.b`", "`a`.b", "a", "`a.b`.c", "`a`.`b.c`")
                .map(field -> Definition.of(aggregation("group.by", field + " as x")))
                .distinct())
        .hasSize(6);
    assertThat(Definition.of(aggregation("group.by", "`a`")))
        .isEqualTo(Definition.of(aggregation("group.by", "a")));
    for (String text : List.of("a", "a.b", "`a.b`", "`a`.`b`", "`a``b.`.`c d`")) {
      assertThat(FieldRef.parse(text)).hasToString(text);
      assertThat(FieldRef.parse(FieldRef.parse(text).toString())).isEqualTo(FieldRef.parse(text));
    }
  }

  @Test
  void groupsByTheWindowAloneWithoutFields() {
    assertThat(aggregation("group.by", "").groupBy()).isEmpty();
    assertThat(aggregation("group.by", null).groupBy()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          group.by         | a.          | must name fields with a dot between each two, which a. does not.
          group.by         | a..b as c   | must name fields with a dot between each two, which a..b does not.
          group.by         | x, y.X      | is a column twice. Give one of them another name, as: field as column.
          group.by         | Window      | is a column twice. Give one of them another name, as: field as column.
          event.time.field | ''          | must name fields with a dot between each two, which  does not.
          event.time.field | at.         | must name fields with a dot between each two, which at. does not.
          aggregates       | sum(a.)     | must name fields with a dot between each two, which a. does not.
          aggregates       | product=sum(a) | is a column twice. Give one of them another name, as: field as column.
          group.by         | `a`b as c       | must name fields with a dot between each two, which `a`b does not.
          group.by         | `first name`    | is the name of a column, which tables take without blanks and any of ,;{}()= alone. Give it another one, as: field as column.
          aggregates       | max(`a(b)`)     | is the name of a column, which tables take without blanks and any of ,;{}()= alone. Give it another one, as: column=function(field).
          window.column    | my window       | is the name of a column, which tables take without blanks and any of ,;{}()= alone. Give it another one.
          window.column    | w;              | is the name of a column, which tables take without blanks and any of ,;{}()= alone. Give it another one.
          window.size.ms   | 9223372036855 | must be at least 1 and at most 9223372036854.
          window.start.offset.ms | 60000   | must be nearer to 0 than window.size.ms, because windows start again after that.
          window.start.offset.ms | -60000  | must be nearer to 0 than window.size.ms, because windows start again after that.
          window.gap.ms          | 1       | has no effect for tumbling and hopping windows. Remove it.
          window.gap.expression  | gap     | has no effect for tumbling and hopping windows. Remove it.
          """)
  void namesTheKeyAndTheReason(String key, String value, String reason) {
    assertThatThrownBy(() -> aggregation(key, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("for configuration " + key + ": " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          group.by              | a as                | Expected the name of a column but found the end
          group.by              | `a                  | The name has no closing backtick
          group.by              | a b                 | Expected AS between b and what is before it
          group.by              | lower(a) b          | Expected AS between b and what is before it
          group.by              | lower(a)            | A computed column needs a name
          group.by              | a, *                | Expected a field, or an expression with AS and a name
          group.by              | current_date() AS d | current_date gives something else
          group.by              | total(eur) AS t     | There is no function total
          aggregates            | x=sum(a b)          | Expected an operator or the end but found b
          window.gap.expression | gap +               | Expected a value but found the end
          having                | total >             | Expected a value but found the end
          having                | n > 1               | There is no column n in a result row; the columns are window, product, total
          having                | _topic = 'a'        | There is no column _topic in a result row
          having                | sum(amount) > 1     | There is no column amount in a result row
          having                | window.start > now() | now gives something else
          having                | 'text'              | The condition is string, but boolean is needed
          """)
  void saysWhereAnExpressionIsWrong(String key, String value, String problem) {
    assertThatThrownBy(() -> aggregation(key, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Invalid expression for configuration " + key + ": " + problem);
  }

  @Test
  void groupsByExpressions() {
    assertThat(
            aggregation(
                    "group.by",
                    "lower(country) AS c, amount > 100 as big, order-id, `a,b` as x, (d), if(e, 'x,)', 'y') AS f")
                .groupBy())
        .extracting(GroupField::column, group -> group.input().toString())
        .containsExactly(
            tuple("c", "lower(`country`)"),
            tuple("big", "(`amount` > 100)"),
            tuple("order-id", "order-id"),
            tuple("x", "`a,b`"),
            tuple("d", "(`d`)"),
            tuple("f", "if(`e`, 'x,)', 'y')"));
  }

  /** The driver finds the keys again that a segment groups by. */
  @Test
  void readsTheKeysOfADefinition() {
    assertThat(
            Definition.groupBy(
                Definition.of(
                    aggregation(
                        "group.by", "concat(a, ', ') AS c, `x, y` as z, `o'brien` as o, plain"))))
        .containsExactlyInAnyOrder("concat(`a`, ', ')", "`x, y`", "`o'brien`", "plain");
  }

  @Test
  void startsWindowsAtAnOffset() {
    assertThat(aggregation("window.start.offset.ms", "-59999").window())
        .isEqualTo(WindowSpec.tumbling(60_000_000).startingAt(-59_999_000));
    assertThat(
            aggregation(
                    "window.type", "hopping",
                    "window.advance.ms", "15000",
                    "window.start.offset.ms", "14999")
                .window())
        .isEqualTo(WindowSpec.hopping(60_000_000, 15_000_000).startingAt(14_999_000));
    assertThatThrownBy(
            () ->
                aggregation(
                    "window.type", "hopping",
                    "window.advance.ms", "15000",
                    "window.start.offset.ms", "15000"))
        .hasMessageContaining("must be nearer to 0 than window.advance.ms");
  }

  @Test
  void hasOneGapOfSessions() {
    assertThat(
            aggregation(
                    "window.type", "session",
                    "window.size.ms", null,
                    "window.gap.expression", "gap.ms")
                .window()
                .gap())
        .hasToString("Optional[gap.ms]");
    assertThatThrownBy(
            () ->
                aggregation(
                    "window.type", "session",
                    "window.size.ms", null,
                    "window.gap.ms", "5",
                    "window.gap.expression", "gap"))
        .hasMessageContaining("window.gap.ms: does not go with window.gap.expression");
    assertThatThrownBy(
            () ->
                aggregation(
                    "window.type", "session",
                    "window.size.ms", null,
                    "window.gap.ms", "5",
                    "window.start.offset.ms", "1"))
        .hasMessageContaining("window.start.offset.ms: has no effect for session windows");
  }

  @Test
  void refusesHoppingWindowsOfMoreSlicesThanAreReadSideBySide() {
    assertThatThrownBy(
            () ->
                aggregation(
                    "window.type", "hopping",
                    "window.size.ms", "3600000",
                    "window.advance.ms", "3500"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("window.advance.ms: makes windows of 7200 slices");
    assertThat(
            aggregation(
                    "window.type", "hopping",
                    "window.size.ms", "3600000",
                    "window.advance.ms", "3600")
                .window()
                .slices())
        .isEqualTo(1000);
  }

  @Test
  void takesTheLargestTimesWithoutOverflow() {
    Aggregation aggregation =
        aggregation(
            "window.size.ms", "9223372036854",
            "watermark.delay.ms", "9223372036854",
            "event.time.max.ahead.ms", "9223372036854");
    assertThat(aggregation.window().sizeMicros()).isEqualTo(9_223_372_036_854_000L);
  }

  @Test
  void leavesConnectsOwnKeysOutOfWhatTellsTransformationsApart() {
    Map<String, String> props =
        props("type", "x", "predicate", "p", "negate", "true", "plugin.version", "1");
    assertThat(WindowedAggregateConfig.essence(props)).isEqualTo(props());
  }

  /** What state depends on: each makes the definition another. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          window.size.ms       | 60001             | window
          event.time.field     | at                | event.time
          window.start.offset.ms | 1               | window
          group.by             | other             | group.by
          group.by             | lower(product) AS product | group.by
          group.by             | (product)         | group.by
          aggregates           | total=sum(amount * 2) | aggregates
          group.by             | ''                | group.by
          aggregates           | total=max(amount) | aggregates
          aggregates           | total=sum(price)  | aggregates
          aggregates           | total=sum(amount), count(*) | aggregates
          state.store.provider | memory            | state.store.provider
          """)
  void isAnotherDefinitionWithThis(String key, String value, String part) {
    Map<String, String> before = Definition.of(aggregation());
    Map<String, String> after = Definition.of(aggregation(key, value));
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach(
        (name, text) -> assertThat(after.get(name).equals(text)).isEqualTo(!name.equals(part)));
  }

  @Test
  void isAnotherDefinitionWithOtherWindowsOrUnits() {
    assertThat(Definition.of(aggregation("window.type", "hopping", "window.advance.ms", "60000")))
        .containsEntry("window", "hopping 60000 ms every 60000 ms");
    assertThat(
            Definition.of(
                aggregation(
                    "window.type", "session", "window.size.ms", null, "window.gap.ms", "60000")))
        .containsEntry("window", "session of gaps up to 60000 ms");
    assertThat(
            Definition.of(
                aggregation(
                    "window.type", "session",
                    "window.size.ms", null,
                    "window.gap.expression", "coalesce(gap, 5)")))
        .containsEntry("window", "session of gaps of coalesce(`gap`, 5)");
    assertThat(Definition.of(aggregation("window.start.offset.ms", "-15000")))
        .containsEntry("window", "tumbling 60000 ms from -15000 ms");
    assertThat(Definition.of(aggregation("event.time.field", "at", "event.time.format", "nanos")))
        .containsEntry("event.time", "at in NANOS");
    assertThat(Definition.of(aggregation("aggregates", "b=max(x), a=sum(x)")))
        .isNotEqualTo(Definition.of(aggregation("aggregates", "a=sum(x), b=max(x)")));
  }

  /** What may change while windows are open. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          aggregates                | renamed=sum( amount )
          group.by                  | product as thing
          window.column             | w
          window.start.offset.ms    | 0
          having                    | total > 5 AND window.start > TIMESTAMP '2026-01-01'
          watermark.delay.ms        | 1
          watermark.policy          | max
          watermark.idle.timeout.ms | 0
          event.time.max.ahead.ms   | 1
          late.records              | report
          topic                     | other
          forward.input             | true
          state.buffer.max.bytes    | 1000000
          """)
  void isTheSameDefinitionWithThis(String key, String value) {
    assertThat(Definition.of(aggregation(key, value))).isEqualTo(Definition.of(aggregation()));
  }
}
