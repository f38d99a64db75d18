package io.tidemark.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectWorkerIT {

  private static final String HEARTBEAT =
      "org.apache.kafka.connect.mirror.MirrorHeartbeatConnector";
  private static final Patience PATIENCE = Patience.ofSeconds(90);

  @TempDir static Path directory;
  private static KafkaBroker broker;
  private static ConnectWorker first;
  private static ConnectWorker second;

  @BeforeAll
  static void startCluster() throws Exception {
    broker = new KafkaBroker(directory.resolve("broker"));
    broker.start();
    Path plugins = Files.createDirectories(directory.resolve("plugins"));
    WorkerConfig config = new WorkerConfig(broker.bootstrapServers(), "workers", plugins);
    first = new ConnectWorker(directory.resolve("first"), config);
    second = new ConnectWorker(directory.resolve("second"), config);
    first.launch();
    second.launch();
    first.awaitReady();
    second.awaitReady();
  }

  @AfterAll
  static void stopCluster() {
    first.close();
    second.close();
    broker.close();
  }

  @BeforeEach
  void startHeartbeat() {
    first.rest().put("heartbeat", heartbeat());
    PATIENCE.await("the heartbeat runs", () -> first.rest().running("heartbeat", 1));
  }

  @Test
  void comesBackOnItsPortAndCarriesOnWhenKilledAndStartedAgain() {
    first.process().kill();
    assertThat(first.rest().healthy()).isFalse();

    first.start();

    PATIENCE.await("the heartbeat runs", () -> first.rest().running("heartbeat", 1));
    assertBeats();
  }

  @Test
  void leavesItsTasksToTheOtherWorkerWhenKilled() {
    first.process().kill();

    PATIENCE.await(
        "the second worker has the task",
        () ->
            second.rest().running("heartbeat", 1)
                && second
                    .rest()
                    .status("heartbeat")
                    .at("/tasks/0/worker_id")
                    .asText()
                    .equals(second.rest().uri().getAuthority()));
    first.start();
  }

  @Test
  void answersAgainAfterItWasSuspended() {
    second.process().suspend();
    assertThat(second.rest().healthy()).isFalse();

    second.process().resume();
    PATIENCE.await("the second worker is healthy", () -> second.rest().healthy());
  }

  @Test
  void pausesResumesAndForgetsAConnector() {
    ConnectRest rest = first.rest();
    rest.pause("heartbeat");
    PATIENCE.await(
        "the heartbeat is paused",
        () -> rest.status("heartbeat").at("/tasks/0/state").asText().equals("PAUSED"));
    rest.resume("heartbeat");
    PATIENCE.await("the heartbeat runs", () -> rest.running("heartbeat", 1));
    rest.delete("heartbeat");
    PATIENCE.await("the heartbeat is gone", () -> rest.connectors().isEmpty());
  }

  @Test
  void quotesTheWorkerWhenItRefuses() {
    assertThatThrownBy(() -> first.rest().status("unknown"))
        .hasMessage(
            "TM-907 The Connect worker answered GET /connectors/unknown/status with 404: No status found for connector unknown");
  }

  @Test
  void tellsWhyAConfigurationIsRefused() {
    Map<String, String> config =
        Map.of(
            "connector.class",
            HEARTBEAT,
            "name",
            "refused",
            "source.cluster.alias",
            "a.b",
            "tasks.max",
            "0");

    assertThat(first.rest().validate(HEARTBEAT, config)).containsKey("tasks.max");
    assertThatThrownBy(() -> first.rest().put("refused", config))
        .hasMessageStartingWith(
            "TM-907 The Connect worker answered PUT /connectors/refused/config with 400:")
        .hasMessageContaining("tasks.max");
  }

  private static Map<String, String> heartbeat() {
    return Map.of(
        "connector.class", HEARTBEAT,
        "source.cluster.alias", "a",
        "target.cluster.alias", "b",
        "source.cluster.bootstrap.servers", broker.bootstrapServers(),
        "target.cluster.bootstrap.servers", broker.bootstrapServers(),
        "emit.heartbeats.interval.seconds", "1",
        "heartbeats.topic.replication.factor", "1");
  }

  private static void assertBeats() {
    try (Topics topics = new Topics(broker.bootstrapServers())) {
      long before = topics.endOffsets("heartbeats").get(0);
      PATIENCE.await("the heart beats", () -> topics.endOffsets("heartbeats").get(0) > before);
    }
  }
}
