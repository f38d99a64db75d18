package io.tidemark.windows.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes with {@code output.mode=update}, and what does not. */
class UpdateKeysTest {

  private static Map<String, String> update(String... changes) {
    Map<String, String> props = new TreeMap<>();
    props.put("output.mode", "update");
    props.put("state.dir", "/state");
    props.put("aggregates", "count(*)");
    props.put("watermark.delay.ms", "0");
    props.put("window.size.ms", "1000");
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
  void takesTheLeastThatAUserMustSay() {
    assertThat(new WindowedAggregateConfig(update()).update())
        .contains(new UpdateSpec(Path.of("/state"), "windows", 3_600_000, 0, Optional.empty()));
    assertThat(new WindowedAggregateConfig(update("topic", "t", "output.mode", "UPDATE")).update())
        .get()
        .extracting(UpdateSpec::topic)
        .isEqualTo(Optional.of("t"));
  }

  @Test
  void isNotThereForAppend() {
    assertThat(
            new WindowedAggregateConfig(update("output.mode", "append", "state.dir", null))
                .update())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "watermark.policy, min",
    "watermark.idle.timeout.ms, 1000",
    "state.buffer.max.bytes, 0",
    "forward.input, true",
    "late.records, report",
    "state.store.provider, memory",
    "window.type, session",
    "window.advance.ms, 500",
    "state.dir, state",
    "state.id, a/b",
    "state.id, ..",
    "state.retention.ms, -1",
    "state.gap.max.offsets, -2",
    "group.by, x as window_start",
    "output.mode, complete",
  })
  void refusesWhatDoesNotGoWithIt(String key, String value) {
    Map<String, String> props = update(key, value);
    if (key.equals("window.advance.ms")) {
      props.put("window.type", "hopping");
    }
    if (value.equals("session")) {
      props.remove("window.size.ms");
      props.put("window.gap.ms", "1000");
    }
    assertThatThrownBy(() -> new WindowedAggregateConfig(props))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("configuration " + key + ":");
  }

  @ParameterizedTest
  @CsvSource({
    "forward.input, false",
    "late.records, drop",
    "state.store.provider, rocksdb",
  })
  void takesWhatIsSoAnyway(String key, String value) {
    assertThat(new WindowedAggregateConfig(update(key, value)).update()).isPresent();
  }

  @Test
  void takesHoppingWindowsThatDoNotOverlap() {
    assertThat(
            new WindowedAggregateConfig(
                    update("window.type", "hopping", "window.advance.ms", "1000"))
                .update())
        .isPresent();
  }

  @Test
  void needsADirectory() {
    assertThatThrownBy(() -> new WindowedAggregateConfig(update("state.dir", null)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Missing configuration state.dir: output.mode=update keeps its state there.");
  }

  @ParameterizedTest
  @CsvSource({"state.dir, /x", "state.id, x", "state.retention.ms, 1", "state.gap.max.offsets, 1"})
  void refusesItsKeysForAppend(String key, String value) {
    assertThatThrownBy(
            () ->
                new WindowedAggregateConfig(
                    update("output.mode", "append", "state.dir", null, key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("configuration " + key + ": has no effect unless output.mode=update");
  }

  @Test
  void refusesUnknownKeysButConnectsOwn() {
    new WindowedAggregateConfig(update("type", "x", "predicate", "p", "negate", "true"))
        .requireKnownKeys();
    WindowedAggregateConfig config = new WindowedAggregateConfig(update("state.directory", "/x"));
    assertThatThrownBy(config::requireKnownKeys)
        .hasMessageContaining("Unknown configuration state.directory.");
  }
}
