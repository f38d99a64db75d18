package io.tidemark.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cluster.ConnectRest;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.FreePorts;
import io.tidemark.cluster.KafkaBroker;
import io.tidemark.cluster.Patience;
import io.tidemark.cluster.PluginZip;
import io.tidemark.cluster.Records;
import io.tidemark.cluster.Topics;
import io.tidemark.cluster.WorkerConfig;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A broker, workers with the unpacked zip as their only plugin, and Spark. Starting it takes half a
 * minute, so the classes of one test run share one; it ends with the JVM.
 */
final class Cluster {

  static final Patience PATIENCE = Patience.ofSeconds(120);

  private static Cluster shared;

  final Path directory;
  final KafkaBroker broker;
  final List<ConnectWorker> workers = new ArrayList<>();
  final Topics topics;
  final Records records;
  private SparkJudge spark;

  private Cluster() throws IOException {
    // Whatever an earlier run left stays beside it.
    directory =
        Files.createTempDirectory(
            Files.createDirectories(Path.of(System.getProperty("tidemark.it.directory"))), "run-");
    broker = new KafkaBroker(directory.resolve("broker"));
    broker.start();
    PluginZip.unpack(Path.of(System.getProperty("tidemark.plugin.zip")), plugins());
    WorkerConfig config =
        new WorkerConfig(
            broker.bootstrapServers(),
            "workers",
            plugins(),
            Map.of("exactly.once.source.support", "enabled"),
            Map.of());
    for (int number = 0; number < 2; number++) {
      workers.add(new ConnectWorker(directory.resolve("worker-" + number), config));
    }
    workers.forEach(ConnectWorker::launch);
    workers.forEach(ConnectWorker::awaitReady);
    topics = new Topics(broker.bootstrapServers());
    records = new Records(broker.bootstrapServers());
  }

  /** The cluster of this test run, with all workers up. */
  static synchronized Cluster shared() {
    if (shared == null) {
      try {
        shared = new Cluster();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return shared;
  }

  synchronized SparkJudge spark() {
    if (spark == null) {
      spark = new SparkJudge(directory);
    }
    return spark;
  }

  ConnectRest rest() {
    return workers.get(0).rest();
  }

  /**
   * A worker of another Connect cluster on the same broker, not started: for tests that a shared
   * worker would not survive. Its death is noticed within seconds.
   *
   * @param name of the Connect cluster
   */
  ConnectWorker lone(String name, Path plugins, String heap) throws IOException {
    return lone(name, plugins, heap, "enabled");
  }

  /**
   * The same.
   *
   * @param exactlyOnce whether sources can be exactly once: {@code enabled} or {@code disabled}
   */
  ConnectWorker lone(String name, Path plugins, String heap, String exactlyOnce)
      throws IOException {
    Map<String, String> overrides =
        Map.of(
            "session.timeout.ms", "3000",
            "heartbeat.interval.ms", "500",
            "exactly.once.source.support", exactlyOnce);
    WorkerConfig config =
        new WorkerConfig(broker.bootstrapServers(), name, plugins, overrides, Map.of());
    return new ConnectWorker(fresh(name), config, heap, FreePorts.any());
  }

  /** Where the zip is unpacked, for a worker's {@code plugin.path}. */
  Path plugins() {
    return directory.resolve("plugins");
  }

  /** A directory that no test has used. */
  Path fresh(String name) throws IOException {
    return Files.createTempDirectory(directory, name + "-");
  }

  /** The configuration of a sink that commits twice a second, with the given keys on top. */
  Map<String, String> sink(String topic, Path table, String... more) {
    Map<String, String> config = new TreeMap<>();
    config.put("connector.class", "io.tidemark.sink.DeltaSinkConnector");
    config.put("topics", topic);
    config.put("tasks.max", "1");
    config.put("table.path", table.toString());
    config.put("checkpoint.location", table + "-checkpoint");
    config.put("commit.interval.ms", "500");
    config.put("consumer.override.session.timeout.ms", "6000");
    config.put("consumer.override.heartbeat.interval.ms", "1000");
    for (int i = 0; i < more.length; i += 2) {
      config.put(more[i], more[i + 1]);
    }
    return config;
  }

  /** The configuration of a source of one table, exactly once, with the given keys on top. */
  Map<String, String> source(Path table, String topic, String... more) {
    Map<String, String> config = new TreeMap<>();
    config.put("connector.class", "io.tidemark.source.DeltaSourceConnector");
    config.put("tasks.max", "1");
    config.put("table.path", table.toString());
    config.put("topic", topic);
    config.put("key.fields", "id");
    config.put("poll.interval.ms", "200");
    config.put("exactly.once.support", "required");
    config.put("transaction.boundary", "connector");
    for (int i = 0; i < more.length; i += 2) {
      config.put(more[i], more[i + 1]);
    }
    return config;
  }

  /** Waits until every record of the topic is in the table, as the consumer group says. */
  void awaitCommitted(String connector, String topic) {
    awaitCommitted(rest(), connector, topic);
  }

  /** The same, for a connector of other workers. */
  void awaitCommitted(ConnectRest rest, String connector, String topic) {
    PATIENCE.await(
        "the table has every record of " + topic + "; " + connector + " " + state(rest, connector),
        () -> {
          requireNotFailed(rest, connector);
          return topics.lag("connect-" + connector, topic) == 0;
        });
  }

  /**
   * Stops a sink; returns when its tasks have let go of everything. Connect names no tasks any more
   * before it has ended them, and a connector that is resumed before its worker has stopped it is
   * not started again.
   */
  void stop(String connector) {
    rest().stop(connector);
    PATIENCE.await(
        connector + " is stopped",
        () -> {
          JsonNode status = rest().status(connector);
          return status.at("/connector/state").asText().equals("STOPPED")
              && status.path("tasks").isEmpty()
              && topics.members("connect-" + connector) == 0;
        });
  }

  /** Waits until a task has failed, and returns what it failed with. */
  String awaitFailure(String connector) {
    return awaitFailure(rest(), connector, "");
  }

  /**
   * Waits until a task of a connector of other workers has failed for this reason, and returns what
   * it failed with.
   */
  String awaitFailure(ConnectRest rest, String connector, String reason) {
    List<String> traces = new ArrayList<>();
    PATIENCE.await(
        connector + " fails with " + reason,
        () -> {
          for (JsonNode task : rest.status(connector).path("tasks")) {
            String trace = task.path("trace").asText();
            if (task.path("state").asText().equals("FAILED") && trace.contains(reason)) {
              traces.add(trace);
            }
          }
          return !traces.isEmpty();
        });
    return traces.get(0);
  }

  /** Restarts a connector whose task has failed, and returns what it fails with once more. */
  String awaitNextFailure(ConnectWorker worker, String connector) {
    long before = failures(worker, connector);
    worker.rest().restart(connector);
    PATIENCE.await(connector + " fails again", () -> failures(worker, connector) > before);
    return awaitFailure(worker.rest(), connector, "TM-");
  }

  /** How often the first task of a connector has failed on a worker. */
  private static long failures(ConnectWorker worker, String connector) {
    String thread = "[task-thread-" + connector + "-0]";
    try (Stream<String> lines = Files.lines(worker.log())) {
      return lines
          .filter(line -> line.contains(thread) && line.contains("Task threw an uncaught"))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireNotFailed(ConnectRest rest, String connector) {
    for (JsonNode task : rest.status(connector).path("tasks")) {
      if (task.path("state").asText().equals("FAILED")) {
        throw new AssertionError(connector + " failed: " + task.path("trace").asText());
      }
    }
  }

  private static String state(ConnectRest rest, String connector) {
    try {
      return rest.status(connector).path("connector").path("state").asText();
    } catch (RuntimeException notYetKnown) {
      return "starting";
    }
  }
}
