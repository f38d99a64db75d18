package io.tidemark.sink.config;

import static io.tidemark.sink.config.Props.errors;
import static io.tidemark.sink.config.Props.oneTable;
import static io.tidemark.sink.config.Props.tablePerTopic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.tidemark.windows.config.Aggregate;
import io.tidemark.windows.config.Aggregation;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused of the windowed aggregates in front of the sink, each at its key. */
class TransformationKeysTest {

  private static final String TYPE = "io.tidemark.transforms.WindowedAggregate";

  /** A valid windowed aggregate into one table, with some keys changed. */
  private static Map<String, String> windowed(String... changes) {
    return with(oneTable(), changes);
  }

  /** The same into a table of its own beside those of the topics. */
  private static Map<String, String> windowedBeside(String... changes) {
    return with(tablePerTopic(), changes);
  }

  private static Map<String, String> with(Map<String, String> props, String... changes) {
    props.put("transforms", "revenue");
    props.putAll(aggregate("revenue"));
    for (int i = 0; i < changes.length; i += 2) {
      if (changes[i + 1] == null) {
        props.remove(changes[i]);
      } else {
        props.put(changes[i], changes[i + 1]);
      }
    }
    return props;
  }

  private static Map<String, String> aggregate(String alias) {
    String prefix = "transforms." + alias + ".";
    return Map.of(
        prefix + "type", TYPE,
        prefix + "watermark.delay.ms", "600000",
        prefix + "window.size.ms", "300000",
        prefix + "group.by", "product",
        prefix + "aggregates", "total=sum(amount), n=count(*)");
  }

  @Test
  void takesTheLeastThatAUserMustSay() {
    assertThat(errors(windowed())).isEmpty();
    DeltaSinkConfig config = new DeltaSinkConfig(windowed());
    assertThat(config.aggregations()).hasSize(1);
    Aggregation aggregation = config.aggregations().get(0);
    assertThat(aggregation.name()).isEqualTo("revenue");
    assertThat(aggregation.topic()).isEqualTo("revenue");
    assertThat(aggregation.aggregates())
        .extracting(Aggregate::column, Aggregate::call)
        .containsExactly(tuple("total", "sum(amount)"), tuple("n", "count(*)"));
  }

  @Test
  void takesTheSimpleNameOfTheClass() {
    Map<String, String> props = windowed("transforms.revenue.type", "WindowedAggregate");
    assertThat(errors(props)).isEmpty();
    assertThat(new DeltaSinkConfig(props).aggregations()).hasSize(1);
  }

  @Test
  void takesTheClassWithSpaceAroundItAsConnectDoes() {
    Map<String, String> props = windowed("transforms.revenue.type", " " + TYPE + " ");
    assertThat(errors(props)).isEmpty();
    assertThat(new DeltaSinkConfig(props).aggregations()).hasSize(1);
  }

  @Test
  void leavesOtherTransformationsAlone() {
    Map<String, String> props =
        oneTable("transforms", "t", "transforms.t.type", "org.example.T", "transforms.t.x", "1");
    assertThat(errors(props)).isEmpty();
    assertThat(new DeltaSinkConfig(props).aggregations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          window.type               | daily     | String must be one of
          window.size.ms            | 0         | must be at least 1 and at most
          window.size.ms            | soon      | Not a number of type LONG
          window.advance.ms         | 1000      | has no effect for tumbling windows.
          window.gap.ms             | 1000      | has no effect for tumbling and hopping windows.
          window.column             | ''        | String must be non-empty
          event.time.format         | days      | String must be one of
          event.time.max.ahead.ms   | -1        | must be at least 0 and at most
          watermark.delay.ms        | -1        | must be at least 0 and at most
          watermark.policy          | median    | String must be one of
          watermark.idle.timeout.ms | -1        | must be at least 0 and at most
          late.records              | keep      | String must be one of
          output.mode               | complete  | String must be one of
          state.store.provider      | files     | String must be one of
          state.buffer.max.bytes    | -1        | Value must be at least 0
          forward.input             | perhaps   | Expected value to be either true or false
          group.by                  | a b       | Expected AS between b and what is before it
          group.by                  | lower(a  | Expected ) but found the end
          having                    | n >       | Expected a value but found the end
          having                    | m > 1     | There is no column m in a result row
          window.start.offset.ms    | 9999999999 | must be nearer to 0 than window.size.ms
          window.gap.expression     | gap       | has no effect for tumbling and hopping windows.
          group.by                  | window    | is a column twice.
          group.by                  | total     | is a column twice.
          aggregates                | total     | must be a list of column=function(field), which total is not.
          aggregates                | median(x) | must use functions out of
          aggregates                | sum(*)    | must name a field in sum(), only count takes *.
          aggregates                | sum(x, 3) | must give sum no parameter.
          """)
  void namesTheKeyAndTheReason(String key, String value, String reason) {
    Map<String, String> props = windowed("transforms.revenue." + key, value);
    // A name that is taken twice is found at the later of the two.
    String at = value.equals("total") && key.equals("group.by") ? "aggregates" : key;
    assertThat(errors(props))
        .containsOnlyKeys("transforms.revenue." + at)
        .hasEntrySatisfying(
            "transforms.revenue." + at, message -> assertThat(message).contains(reason));
    assertThatThrownBy(() -> new DeltaSinkConfig(props))
        .isInstanceOf(ConfigException.class)
        .hasMessage(errors(props).get("transforms.revenue." + at));
  }

  @Test
  void asksForTheSizeOfWindows() {
    assertRefused(
        windowed("transforms.revenue.window.size.ms", null),
        "transforms.revenue.window.size.ms",
        "Missing configuration window.size.ms: tumbling and hopping windows need it.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"watermark.delay.ms", "aggregates"})
  void asksForWhatHasNoDefault(String key) {
    assertThat(errors(windowed("transforms.revenue." + key, null)))
        .containsOnlyKeys("transforms.revenue." + key);
  }

  @Test
  void asksForTheDistanceOfHoppingWindows() {
    assertThat(errors(windowed("transforms.revenue.window.type", "hopping")))
        .containsOnlyKeys("transforms.revenue.window.advance.ms");
  }

  @Test
  void refusesHoppingWindowsWithRoomInBetween() {
    assertThat(
            errors(
                windowed(
                    "transforms.revenue.window.type", "hopping",
                    "transforms.revenue.window.advance.ms", "300001")))
        .containsOnlyKeys("transforms.revenue.window.advance.ms");
  }

  @Test
  void asksForTheGapOfSessionsAndRefusesTheirSize() {
    assertThat(
            errors(
                windowed(
                    "transforms.revenue.window.type",
                    "session",
                    "transforms.revenue.window.size.ms",
                    null)))
        .containsOnlyKeys("transforms.revenue.window.gap.ms");
    assertThat(
            errors(
                windowed(
                    "transforms.revenue.window.type", "session",
                    "transforms.revenue.window.gap.ms", "1000")))
        .containsOnlyKeys("transforms.revenue.window.size.ms");
  }

  @Test
  void refusesToUpdateATableOfWindows() {
    assertThat(errors(windowed("transforms.revenue.output.mode", "update")))
        .containsOnlyKeys("transforms.revenue.output.mode");
  }

  @Test
  void pointsToTheReferenceForAKeyThatIsUnknown() {
    assertRefused(
        windowed("transforms.revenue.window.length.ms", "1"),
        "transforms.revenue.window.length.ms",
        "Unknown configuration transforms.revenue.window.length.ms. See"
            + " docs/reference/transforms-config.md for all.");
  }

  @Test
  void neverShowsTheValueOfAnUnknownKey() {
    assertThat(errors(windowed("transforms.revenue.password", "hunter2")).toString())
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"täglich", "a/b", ".hidden", "-x", "two words"})
  void refusesANameThatNamesNoDirectory(String alias) {
    Map<String, String> props = oneTable("transforms", alias);
    props.putAll(aggregate(alias));
    assertRefused(
        props,
        "transforms",
        "Invalid value "
            + alias
            + " for configuration transforms: must consist of letters, digits, dots, hyphens and"
            + " underscores: the state of this WindowedAggregate is kept in a directory of that"
            + " name.");
  }

  @Test
  void refusesTwoThatAreConfiguredAlike() {
    Map<String, String> props =
        windowedBeside("transforms", "revenue, again", "transforms.revenue.forward.input", "true");
    props.putAll(aggregate("again"));
    props.put("transforms.again.forward.input", "true");
    assertRefused(
        props,
        "transforms.again.type",
        "Invalid value "
            + TYPE
            + " for configuration transforms.again.type: has the same configuration"
            + " as transforms.revenue, so that their records cannot be distinguished. Remove one of"
            + " the two.");
  }

  @Test
  void refusesAnotherTransformationAfterIt() {
    assertRefused(
        windowed("transforms", "revenue,rename", "transforms.rename.type", "org.example.Rename"),
        "transforms.rename.type",
        "Invalid value org.example.Rename for configuration transforms.rename.type: must not come"
            + " after WindowedAggregate, because its rows do not pass through transformations. Put"
            + " it before WindowedAggregate.");
    assertThat(
            errors(
                windowed(
                    "transforms", "rename,revenue", "transforms.rename.type", "org.example.R")))
        .isEmpty();
  }

  @Test
  void takesSeveralInAChain() {
    Map<String, String> props =
        windowedBeside("transforms", "revenue,hourly", "transforms.revenue.forward.input", "true");
    props.putAll(aggregate("hourly"));
    props.put("transforms.hourly.window.size.ms", "3600000");
    assertThat(errors(props)).isEmpty();
    assertThat(new DeltaSinkConfig(props).aggregations())
        .extracting(Aggregation::name)
        .containsExactly("revenue", "hourly");
  }

  @Test
  void refusesOneThatLeavesNoRecordsForTheNext() {
    Map<String, String> props = windowedBeside("transforms", "revenue,hourly");
    props.putAll(aggregate("hourly"));
    props.put("transforms.hourly.window.size.ms", "3600000");
    assertRefused(
        props,
        "transforms.revenue.forward.input",
        "Invalid value false for configuration transforms.revenue.forward.input: must be true if"
            + " another WindowedAggregate comes after this one. Otherwise that one gets no records.");
    props.put("transforms.revenue.predicate", "isOrder");
    assertThat(errors(props)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"forward.input, true", "predicate, isOrder"})
  void refusesRecordsBesideWindowsInOneTable(String key, String value) {
    assertRefused(
        windowed("transforms.revenue." + key, value),
        "table.path",
        "Invalid value /lake/orders for configuration table.path: is one table, but"
            + " transforms.revenue also forwards records, which are not rows of windows. Use"
            + " table.base.path: each topic then has its own table, and the windows have the table"
            + " of transforms.revenue.topic.");
    assertThat(errors(windowedBeside("transforms.revenue." + key, value))).isEmpty();
  }

  @Test
  void knowsTheTransformationByWhatConnectHandsToIt() {
    Map<String, String> props =
        windowedBeside(
            "transforms.revenue.predicate", "isOrder", "transforms.revenue.negate", "true");
    assertThat(new DeltaSinkConfig(props).aggregationProps().get(0))
        .doesNotContainKeys("type", "predicate", "negate")
        .containsKey("aggregates");
  }

  @Test
  void findsEverythingAtOnce() {
    assertThat(
            errors(
                windowed(
                    "commit.interval.ms", "0",
                    "transforms.revenue.windows.type", "session",
                    "transforms.revenue.watermark.delay.ms", "-1")))
        .containsOnlyKeys(
            "commit.interval.ms",
            "transforms.revenue.windows.type",
            "transforms.revenue.watermark.delay.ms");
  }

  private static void assertRefused(Map<String, String> props, String key, String message) {
    assertThat(errors(props)).containsExactly(Map.entry(key, message));
    assertThatThrownBy(() -> new DeltaSinkConfig(props))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }
}
