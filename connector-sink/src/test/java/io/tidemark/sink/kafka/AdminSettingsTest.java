package io.tidemark.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose settings the connector's own client has. */
class AdminSettingsTest {

  private static final Map<String, Object> WORKER =
      Map.of(
          "bootstrap.servers", "worker:9092",
          "consumer.bootstrap.servers", "consumer:9092",
          "security.protocol", "SSL",
          "group.id", "workers",
          "client.id", "worker",
          "consumer.auto.offset.reset", "latest");

  @Test
  void laterOnesWin() {
    assertThat(client(WORKER, Map.of(), Map.of()))
        .containsEntry("bootstrap.servers", "consumer:9092")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("client.id", "tidemark")
        .doesNotContainKeys("group.id", "auto.offset.reset");
    Map<String, String> override = Map.of("consumer.override.bootstrap.servers", "override:9092");
    assertThat(client(WORKER, override, Map.of()))
        .containsEntry("bootstrap.servers", "override:9092");
    assertThat(client(WORKER, override, Map.of("bootstrap.servers", "kafka:9092")))
        .containsEntry("bootstrap.servers", "kafka:9092");
  }

  @Test
  void isCompleteOnceItIsKnownWhereKafkaIs() {
    assertThat(new AdminSettings(Optional.empty(), Map.of(), Map.of()).isComplete()).isFalse();
    assertThat(
            new AdminSettings(Optional.empty(), Map.of(), Map.of("bootstrap.servers", "kafka:9092"))
                .isComplete())
        .isTrue();
  }

  @Test
  void knowsGroupAndResetPolicyOfTheConsumer() {
    AdminSettings plain = new AdminSettings(Optional.of(Map.of()), Map.of(), Map.of());
    assertThat(plain.group("orders")).isEqualTo("connect-orders");
    assertThat(plain.resetPolicy()).hasValue("earliest");
    assertThat(new AdminSettings(Optional.of(WORKER), Map.of(), Map.of()).resetPolicy())
        .hasValue("latest");
    AdminSettings overridden =
        new AdminSettings(
            Optional.empty(),
            Map.of(
                "consumer.override.group.id", "mine",
                "consumer.override.auto.offset.reset", "none"),
            Map.of());
    assertThat(overridden.group("orders")).isEqualTo("mine");
    assertThat(overridden.resetPolicy()).hasValue("none");
    assertThat(new AdminSettings(Optional.empty(), Map.of(), Map.of()).resetPolicy()).isEmpty();
  }

  @Test
  void knowsWhatCountsAsARecordForTheConsumer() {
    assertThat(new AdminSettings(Optional.of(WORKER), Map.of(), Map.of()).isolation()).isEmpty();
    Map<String, Object> committed = Map.of("consumer.isolation.level", "read_committed");
    assertThat(new AdminSettings(Optional.of(committed), Map.of(), Map.of()).isolation())
        .hasValue("read_committed");
    Map<String, String> override = Map.of("consumer.override.isolation.level", "read_uncommitted");
    assertThat(new AdminSettings(Optional.of(committed), override, Map.of()).isolation())
        .hasValue("read_uncommitted");
  }

  @Test
  void showsNoValues() {
    assertThat(
            new AdminSettings(Optional.empty(), Map.of(), Map.of("sasl.jaas.config", "secret"))
                .toString())
        .doesNotContain("secret");
  }

  private static Map<String, Object> client(
      Map<String, Object> worker, Map<String, String> connector, Map<String, String> kafka) {
    return new AdminSettings(Optional.of(worker), connector, kafka).client("tidemark");
  }
}
