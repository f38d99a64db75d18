package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Connectors that are renamed, that lose their location, that meet on one location, and whose
 * workers do not share it: nothing is read into a table twice, unless somebody wants that.
 */
class NamesIT {

  private final Cluster cluster = Cluster.shared();

  @Test
  void continuesARenamedConnectorFromTheLocationOfTheFormerOne() throws IOException {
    String topic = "renamed";
    Path table = land(topic, "renamed-former");
    cluster.rest().delete("renamed-former");

    Map<String, String> config = sink(topic, table);
    cluster.rest().put("renamed-new", config);
    String failure = cluster.awaitFailure("renamed-new");
    assertThat(failure)
        .contains("TM-166", "batch", table.toString(), "checkpoint.location.taken.over.from");
    assertRows(table, 20, 20);

    config.put("checkpoint.location", table + "/_tidemark/renamed-former");
    assertThatThrownBy(() -> cluster.rest().put("renamed-new", config))
        .hasMessageContaining("belongs to connector renamed-former");
    config.put("checkpoint.location.taken.over.from", "renamed-former");
    cluster.rest().put("renamed-new", config);
    awaitRunning("renamed-new");
    send(topic, 20, 27);
    awaitRows(table, 27);
    assertRows(table, 27, 27);
    cluster.rest().delete("renamed-new");
  }

  @Test
  void adoptsTheQueryOfAConnectorWhoseLocationWasRemoved() throws Exception {
    String topic = "removed";
    Path table = land(topic, "removed");
    cluster.stop("removed");
    Path location = table.resolve("_tidemark/removed");
    delete(location);
    cluster.rest().resume("removed");
    String failure = cluster.awaitFailure(cluster.rest(), "removed", "TM-166");
    assertRows(table, 20, 20);

    cluster.stop("removed");
    Command command = new Command(cluster);
    Command.Run refused = command.obey(failure, cluster.broker.bootstrapServers());
    assertThat(refused.err()).contains("TM-602");
    Command.Run adopted = command.obey(failure, cluster.broker.bootstrapServers(), "--force");
    assertThat(adopted.code()).as(adopted.err()).isZero();
    assertThat(adopted.out()).contains("is written");
    cluster.rest().resume("removed");
    awaitRunning("removed");
    send(topic, 20, 31);
    awaitRows(table, 31);
    assertRows(table, 31, 31);
    Command.Run verified = command.run("verify", location.toString());
    assertThat(verified.code()).as(verified.out()).isZero();
    cluster.rest().delete("removed");
  }

  @Test
  void appendsOnceMoreWhereThatIsWanted() throws IOException {
    String topic = "twice";
    Path table = land(topic, "twice-former");
    cluster.rest().delete("twice-former");
    Map<String, String> config = sink(topic, table);
    cluster.rest().put("twice-new", config);
    assertThat(cluster.awaitFailure("twice-new")).contains("TM-166");
    config.put("on.offsets.in.table", "append");
    cluster.rest().put("twice-new", config);
    awaitRows(table, 40);
    assertRows(table, 40, 20);
    config.remove("on.offsets.in.table");
    cluster.rest().put("twice-new", config);
    awaitRunning("twice-new");
    send(topic, 20, 25);
    awaitRows(table, 45);
    assertRows(table, 45, 25);
    cluster.rest().delete("twice-new");
  }

  @Test
  void refusesASecondConnectorOnALocationAndEndsTheFirstWhenItIsTakenOver() throws IOException {
    String topic = "two-on-one";
    Path table = land(topic, "first-on-one");
    Map<String, String> config = sink(topic, table);
    config.put("checkpoint.location", table + "/_tidemark/first-on-one");
    config.put("table.path", table + "-of-the-second");
    assertThatThrownBy(() -> cluster.rest().put("second-on-one", config))
        .hasMessageContaining("belongs to connector first-on-one");
    config.put("table.path", table.toString());
    config.put("checkpoint.location.taken.over.from", "first-on-one");
    cluster.rest().put("second-on-one", config);
    send(topic, 20, 40);
    assertThat(cluster.awaitFailure(cluster.rest(), "first-on-one", "TM-168"))
        .contains("it has belonged to connector second-on-one since");
    send(topic, 40, 45);
    awaitRows(table, 45);
    assertRows(table, 45, 45);
    cluster.rest().delete("first-on-one");
    cluster.rest().delete("second-on-one");
  }

  @Test
  void failsTasksWhoseWorkerHasAnotherDirectoryUnderTheLocation() throws IOException {
    Path table = cluster.fresh("split").resolve("table");
    cluster.topics.create("split", 4);
    Map<String, String> config = cluster.sink("split", table, "tasks.max", "4");
    // Each worker runs in a directory of its own.
    config.put("checkpoint.location", "/proc/self/cwd/split-checkpoint");
    cluster.rest().put("split", config);
    assertThat(cluster.awaitFailure(cluster.rest(), "split", "TM-169"))
        .contains("do not see the same checkpoint location", "/proc/self/cwd/split-checkpoint")
        .as("the connector may have been on both workers")
        .containsPattern("this task (finds none|reads )");
    cluster.rest().delete("split");
  }

  /** A table with 20 rows, by a connector whose location is where it is by default. */
  private Path land(String topic, String connector) throws IOException {
    Path table = cluster.fresh(topic).resolve("table");
    cluster.topics.create(topic, 1);
    send(topic, 0, 20);
    cluster.rest().put(connector, sink(topic, table));
    cluster.awaitCommitted(connector, topic);
    assertRows(table, 20, 20);
    return table;
  }

  private Map<String, String> sink(String topic, Path table) {
    Map<String, String> config = cluster.sink(topic, table);
    config.remove("checkpoint.location");
    return config;
  }

  private void send(String topic, int from, int to) {
    for (int id = from; id < to; id++) {
      cluster.records.send(topic, 0, null, "{\"id\":" + id + "}");
    }
    cluster.records.flush();
  }

  private void awaitRunning(String connector) {
    Cluster.PATIENCE.await(connector + " runs", () -> cluster.rest().running(connector, 1));
  }

  private void awaitRows(Path table, long rows) {
    Cluster.PATIENCE.await(rows + " rows", () -> cluster.spark().rows(table) >= rows);
  }

  private void assertRows(Path table, long rows, long distinct) {
    assertThat(cluster.spark().rows(table)).isEqualTo(rows);
    assertThat(cluster.spark().number("SELECT count(DISTINCT id) FROM " + SparkJudge.name(table)))
        .isEqualTo(distinct);
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
