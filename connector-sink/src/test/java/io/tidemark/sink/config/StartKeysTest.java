package io.tidemark.sink.config;

import static io.tidemark.sink.config.Props.errors;
import static io.tidemark.sink.config.Props.oneTable;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sink.kafka.OnTopicRecreated;
import io.tidemark.sink.kafka.StartingOffsets;
import io.tidemark.sink.kafka.TopicPolicy;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where to begin, and what to do when logs are not as they were left. */
class StartKeysTest {

  @Test
  void beginsAtTheEarliestAndFailsOfLossesUnlessTold() {
    TopicPolicy policy = new DeltaSinkConfig(oneTable()).topicPolicy(true);
    assertThat(policy)
        .isEqualTo(
            new TopicPolicy(new StartingOffsets.Earliest(), true, OnTopicRecreated.FAIL, true));
  }

  @Test
  void takesSparksSpellings() {
    TopicPolicy policy =
        new DeltaSinkConfig(
                oneTable(
                    "startingOffsets", "{\"orders\":{\"0\":23,\"1\":-2}}",
                    "failOnDataLoss", "false"))
            .topicPolicy(true);
    assertThat(policy.failOnDataLoss()).isFalse();
    assertThat(((StartingOffsets.Each) policy.starting()).offsets())
        .isEqualTo(
            Map.of(new TopicPartition("orders", 0), 23L, new TopicPartition("orders", 1), -2L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1763942400000", "2025-11-24T00:00:00Z", "2025-11-24T01:00:00+01:00"})
  void takesATimeInEitherForm(String time) {
    assertThat(
            new DeltaSinkConfig(oneTable("starting.timestamp", time)).topicPolicy(true).starting())
        .isEqualTo(new StartingOffsets.Since(1_763_942_400_000L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "first",
        "{}",
        "[]",
        "{\"orders\":{}}",
        "{\"orders\":{\"a\":1}}",
        "{\"orders\":{\"-1\":1}}",
        "{\"orders\":{\"0\":-3}}",
        "{\"orders\":{\"0\":\"1\"}}",
        "{\"orders\":{\"0\":1.5}}",
        "{\"orders\":{\"0\":1,\"0\":2}}",
        "{\"orders\":{\"0\":1}} x",
        "{\"orders\":{\"0\":1},\"payments\":{\"0\":1}}",
        "{\"payments\":{\"0\":1}}"
      })
  void refusesOffsetsThatSayNothing(String offsets) {
    assertThat(errors(oneTable("starting.offsets", offsets))).containsOnlyKeys("starting.offsets");
  }

  @Test
  void refusesATimeWithoutOffsetAndBothKeysAtOnce() {
    assertThat(errors(oneTable("starting.timestamp", "2025-11-24T00:00:00")))
        .containsOnlyKeys("starting.timestamp");
    assertThat(errors(oneTable("starting.timestamp", "1", "starting.offsets", "latest")))
        .containsOnlyKeys("starting.timestamp");
  }

  @Test
  void hidesWhatMayBeCredentials() {
    assertThat(new DeltaSinkConfig(oneTable("kafka.sasl.jaas.config", "secret")).toString())
        .contains("kafka.sasl.jaas.config")
        .doesNotContain("secret");
  }
}
