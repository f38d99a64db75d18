package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cluster.ConnectRest;
import io.tidemark.cluster.ConnectWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State that cannot be written or read stops a real worker's task, whatever is tolerated. */
class WindowStateIT {

  private static final int PARTITIONS = 2;
  private static final int ORDERS = 600;

  private static Cluster cluster;
  private static ConnectWorker worker;

  @BeforeAll
  static void start() throws IOException {
    cluster = Cluster.shared();
    worker = cluster.lone("window-state", cluster.plugins(), "256m");
    worker.start();
  }

  @AfterAll
  static void end() {
    worker.close();
  }

  @Test
  void failsAndSkipsNoRecordWhenStateCannotBeWrittenThoughErrorsAreTolerated() throws IOException {
    String name = "unwritable-state";
    Path table = cluster.fresh(name).resolve("table");
    Path state = Path.of(table + "-checkpoint/state/revenue");
    Orders orders = orders(name);
    ConnectRest rest = worker.rest();
    rest.put(name, tolerant(orders, table, "task.max.failures", "2"));
    orders.send(ORDERS);
    cluster.awaitCommitted(rest, name, name);
    // A file where the directory of runs should be: the root user can write everywhere else.
    Path away = Files.move(state, state.resolveSibling("away"));
    Files.createFile(state);
    orders.send(ORDERS);
    assertThat(cluster.awaitFailure(rest, name, "TM-154"))
        .contains("close data files after 2 failures in a row");
    assertThat(Files.readAllLines(worker.log()))
        .as("tried again before it failed")
        .anyMatch(line -> line.contains("Failed to close data files (failure 1 of 2 in a row)"));
    assertThat(cluster.topics.lag("connect-" + name, name)).isEqualTo(ORDERS);
    assertThat(cluster.topics.endOffsets(letters(name)).get(0)).as("dead letters").isZero();
    Files.delete(state);
    Files.move(away, state);
    orders.close();
    restart(rest, name);
    cluster.awaitCommitted(rest, name, name);
    orders.judge(table);
    rest.delete(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "memory"})
  void failsNamingTheRunThatIsDamagedOrMissingAndWritesNothing(String provider) throws IOException {
    String name = "damaged-" + provider;
    Path table = cluster.fresh(name).resolve("table");
    Path checkpoint = Path.of(table + "-checkpoint");
    Orders orders = orders(name);
    ConnectRest rest = worker.rest();
    rest.put(name, tolerant(orders, table, "transforms.revenue.state.store.provider", provider));
    orders.send(ORDERS);
    cluster.awaitCommitted(rest, name, name);
    rest.stop(name);
    Cluster.PATIENCE.await("the tasks end", () -> rest.status(name).path("tasks").isEmpty());
    Path run = oldest(checkpoint.resolve("state/revenue"));
    long versions = count(table.resolve("_delta_log"));
    byte[] content = Files.readAllBytes(run);
    byte[] damaged = content.clone();
    damaged[damaged.length / 3] ^= 8;
    Files.write(run, damaged);
    orders.close();
    rest.resume(name);
    assertThat(cluster.awaitFailure(rest, name, "TM-431")).contains(run.getFileName().toString());
    Files.delete(run);
    rest.restart(name);
    assertThat(cluster.awaitFailure(rest, name, "TM-444")).contains(run.getFileName().toString());
    // A batch may have gone through that moved no watermark and needed no run: it closes nothing.
    assertThat(count(table.resolve("_delta_log"))).isEqualTo(versions);
    Files.write(run, content);
    restart(rest, name);
    cluster.awaitCommitted(rest, name, name);
    orders.judge(table);
    rest.delete(name);
  }

  /** No state belongs to a task: whoever has the partitions continues. */
  @Test
  void keepsEveryOpenWindowWhileTasksAndPartitionsChange() throws IOException {
    String name = "moving-windows";
    Path table = cluster.fresh(name).resolve("table");
    Orders orders = new Orders(cluster, name, 4, 6 * Orders.MINUTE_MS, 2 * Orders.MINUTE_MS);
    ConnectRest rest = cluster.rest();
    for (int tasks : new int[] {3, 1, 4}) {
      rest.put(name, orders.sink(table, "tasks.max", String.valueOf(tasks)));
      Cluster.PATIENCE.await(tasks + " tasks run", () -> rest.running(name, tasks));
      orders.send(ORDERS);
      cluster.awaitCommitted(name, name);
      // Tasks run on both workers, so that each change is a rebalance between processes.
      orders.send(ORDERS / 2);
    }
    cluster.topics.grow(name, 5);
    orders.close();
    cluster.awaitCommitted(name, name);
    orders.judge(table);
    rest.delete(name);
  }

  private static Orders orders(String name) {
    cluster.topics.create(letters(name), 1);
    return new Orders(cluster, name, PARTITIONS, 5 * Orders.MINUTE_MS, 5 * Orders.MINUTE_MS);
  }

  /** Until then the status may be that of the task that failed. */
  private static void restart(ConnectRest rest, String name) {
    rest.restart(name);
    Cluster.PATIENCE.await("the task runs again", () -> rest.running(name, 1));
  }

  private static String letters(String name) {
    return name + "-letters";
  }

  /** Tolerates what records may be refused for. */
  private static Map<String, String> tolerant(Orders orders, Path table, String key, String value) {
    Map<String, String> config = orders.sink(table, key, value);
    config.put("errors.tolerance", "all");
    config.put("errors.deadletterqueue.topic.name", letters(config.get("topics")));
    config.put("errors.deadletterqueue.topic.replication.factor", "1");
    return config;
  }

  private static long count(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }

  private static Path oldest(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.min(Comparator.naturalOrder()).orElseThrow();
    }
  }
}
