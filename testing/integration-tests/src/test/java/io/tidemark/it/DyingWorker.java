package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cluster.ConnectRest;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.Patience;
import io.tidemark.faults.KillPoint;
import io.tidemark.faults.KillSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker with one connector that dies at one kill point after the other while records come. */
final class DyingWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DyingWorker.class);

  /** Short, so that not much time goes by between deaths. */
  private static final int PAUSE_MS = 150;

  private final Cluster cluster;
  private final String name;
  private final Runnable send;
  private final ConnectWorker worker;
  private boolean created;

  /**
   * @param name of the connector and of its topic
   * @param send sends some records
   */
  DyingWorker(Cluster cluster, String name, Runnable send) throws IOException {
    this.cluster = cluster;
    this.name = name;
    this.send = send;
    this.worker = cluster.lone(name, cluster.plugins(), "256m");
  }

  /** The configuration of a sink whose death is noticed at once. */
  static Map<String, String> sink(Cluster cluster, String name, Path table, String... more) {
    Map<String, String> config = cluster.sink(name, table, more);
    config.put("commit.interval.ms", String.valueOf(PAUSE_MS));
    config.put("consumer.override.session.timeout.ms", "3000");
    config.put("consumer.override.heartbeat.interval.ms", "500");
    // The next start takes the dead one's place in the group instead of waiting for its end.
    config.put("consumer.override.group.instance.id", name);
    return config;
  }

  /**
   * Starts the worker and returns when it has died there.
   *
   * @param config of the connector, which the first start creates
   */
  void dieAt(KillPoint point, Map<String, String> config) throws IOException {
    long startNanos = System.nanoTime();
    worker.launch("-javaagent:" + System.getProperty("tidemark.faults.jar") + "=" + point);
    send.run();
    if (!created) {
      worker.awaitReady();
      worker.rest().put(name, config);
      created = true;
    }
    // Records keep coming, so that every start has a batch to begin with and another after it.
    sendUntil("the worker dies at " + point, () -> !worker.process().alive());
    int exitCode = worker.process().exitCode(Duration.ofSeconds(1));
    LOG.info(
        "{}: exit code {} after {} ms",
        point,
        exitCode,
        Duration.ofNanos(System.nanoTime() - startNanos).toMillis());
    assertThat(exitCode).isEqualTo(KillSwitch.EXIT_CODE);
    assertThat(Files.readAllLines(worker.log()))
        .filteredOn(KillSwitch.lastWords(point)::equals)
        .hasSize(1);
  }

  /** Starts the worker for good; returns when every record that is sent now is in the tables. */
  void live() {
    worker.start();
    send.run();
    cluster.awaitCommitted(worker.rest(), name, name);
  }

  /** Something that becomes true while records come. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException;
  }

  /** Keeps sending until the condition holds. */
  void sendUntil(String awaited, Condition condition) {
    new Patience(Cluster.PATIENCE.limit(), Duration.ofMillis(PAUSE_MS))
        .await(
            awaited,
            () -> {
              send.run();
              return condition.holds();
            });
  }

  ConnectRest rest() {
    return worker.rest();
  }

  @Override
  public void close() {
    worker.close();
  }
}
