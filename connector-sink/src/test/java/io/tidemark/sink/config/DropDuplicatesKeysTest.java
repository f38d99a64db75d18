package io.tidemark.sink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.DropDuplicatesConfig;
import io.tidemark.windows.config.WindowSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** DropDuplicates among the transformations of a sink. */
class DropDuplicatesKeysTest {

  private static Map<String, String> props(String... more) {
    Map<String, String> props = new HashMap<>();
    props.put("name", "orders");
    props.put("topics", "orders");
    props.put("table.path", "/lake/orders");
    props.put("transforms", "once");
    props.put("transforms.once.type", "io.tidemark.transforms.DropDuplicates");
    props.put("transforms.once.keys", "event_id, `a.b`");
    props.put("transforms.once.watermark.delay.ms", "600000");
    for (int i = 0; i < more.length; i += 2) {
      props.put(more[i], more[i + 1]);
    }
    return props;
  }

  private static List<String> problems(Map<String, String> props) {
    return DeltaSinkConfig.validate(props).configValues().stream()
        .flatMap(
            value -> value.errorMessages().stream().map(message -> value.name() + ": " + message))
        .toList();
  }

  @Test
  void isAnOperatorOfTheSink() {
    assertThat(problems(props())).isEmpty();
    Aggregation once = new DeltaSinkConfig(props()).aggregations().get(0);
    assertThat(once.name()).isEqualTo("once");
    assertThat(once.window().kind()).isEqualTo(WindowSpec.Kind.DISTINCT);
    assertThat(once.groupBy()).extracting(field -> field.input().toString()).hasSize(2);
    assertThat(new DeltaSinkConfig(props()).aggregationProps())
        .containsExactly(Map.of("keys", "event_id, `a.b`", "watermark.delay.ms", "600000"));
  }

  @Test
  void refusesATransformationAfterIt() {
    assertThat(problems(props("transforms", "once,next", "transforms.next.type", "some.Other")))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("transforms.next.type", "must not come after DropDuplicates"));
  }

  @Test
  void refusesWindowsInTheSameConnectorAndNamesTheChain() {
    assertThat(
            problems(
                props(
                    "transforms",
                    "once,windows",
                    "transforms.windows.type",
                    "io.tidemark.transforms.WindowedAggregate",
                    "transforms.windows.aggregates",
                    "n=count(*)",
                    "transforms.windows.window.size.ms",
                    "1000",
                    "transforms.windows.watermark.delay.ms",
                    "0")))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("transforms.once.type", "must be the only", "DeltaSourceConnector"));
  }

  @Test
  void refusesUnknownKeysAndKeysOfWindows() {
    assertThat(problems(props("transforms.once.window.size.ms", "1000")))
        .anySatisfy(problem -> assertThat(problem).contains("transforms.once.window.size.ms"));
  }

  @Test
  void refusesKeysThatNameNothingOrTwiceTheSame() {
    assertThatThrownBy(
            () -> new DropDuplicatesConfig(Map.of("keys", "", "watermark.delay.ms", "1")))
        .hasMessageContaining("at least one field");
    assertThatThrownBy(
            () -> new DropDuplicatesConfig(Map.of("keys", "a,a", "watermark.delay.ms", "1")))
        .hasMessageContaining("named twice");
  }
}
