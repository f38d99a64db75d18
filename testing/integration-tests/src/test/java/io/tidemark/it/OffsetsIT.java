package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.reader.SparkJudge;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.Storages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * Offsets altered and reset through REST, and what becomes of a sink that is stopped and changed.
 */
class OffsetsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MINUTE_MS = 60_000;

  private final Cluster cluster = Cluster.shared();

  @Test
  void readsAgainFromWhereOffsetsWereSetAndFromTheStartWhenTheyWereReset() throws IOException {
    Path table = cluster.fresh("altered").resolve("table");
    cluster.topics.create("altered", 2);
    send("altered", 0, 0, 10);
    send("altered", 1, 100, 110);
    cluster.rest().put("altered", cluster.sink("altered", table, "tasks.max", "2"));
    cluster.awaitCommitted("altered", "altered");

    assertThatThrownBy(
            () -> cluster.rest().alterOffsets("altered", offsets("altered", Map.of(0, 5L))))
        .as("while it runs")
        .hasMessageContaining("STOPPED");
    stop("altered");
    assertThatThrownBy(
            () -> cluster.rest().alterOffsets("altered", offsets("elsewhere", Map.of(0, 5L))))
        .hasMessageContaining("TM-174");
    cluster.rest().alterOffsets("altered", offsets("altered", Map.of(0, 5L)));
    cluster.rest().resume("altered");
    cluster.awaitCommitted("altered", "altered");
    awaitRows(table, 25);
    assertThat(
            cluster
                .spark()
                .number("SELECT count(*) FROM " + SparkJudge.name(table) + " WHERE id < 100"))
        .isEqualTo(15);

    stop("altered");
    cluster.rest().resetOffsets("altered");
    cluster.rest().resume("altered");
    cluster.awaitCommitted("altered", "altered");
    awaitRows(table, 45);
    assertThat(
            cluster
                .spark()
                .number(
                    "SELECT count(*) FROM (SELECT id, count(*) AS n FROM "
                        + SparkJudge.name(table)
                        + " GROUP BY id) WHERE n = CASE WHEN id < 5 OR id >= 100 THEN 2 ELSE 3 END"))
        .isEqualTo(20);
    cluster.rest().delete("altered");
  }

  /** Connect names what the group has; what counts is in the checkpoint location. */
  @Test
  void readsAgainFromTheStartAfterAResetThoughTheGroupHasNoOffsetsAndRefusesWhenItHasSome()
      throws IOException {
    Path table = cluster.fresh("expired").resolve("table");
    cluster.topics.create("expired", 2);
    send("expired", 0, 0, 10);
    send("expired", 1, 100, 110);
    cluster.rest().put("expired", cluster.sink("expired", table, "tasks.max", "2"));
    cluster.awaitCommitted("expired", "expired");
    stop("expired");
    cluster.topics.forgetCommitted("connect-expired", "expired", List.of(0));
    assertThatThrownBy(() -> cluster.rest().resetOffsets("expired"))
        .hasMessageContaining("TM-179")
        .hasMessageContaining("[expired-0]");
    assertThat(last(checkpoint(table)).frontier().ends()).hasSize(2);

    cluster.topics.forgetCommitted("connect-expired", "expired");
    cluster.rest().resetOffsets("expired");
    assertThat(last(checkpoint(table)).frontier().ends()).isEmpty();
    cluster.rest().resume("expired");
    awaitRows(table, 40);
    assertThat(cluster.spark().number("SELECT count(DISTINCT id) FROM " + SparkJudge.name(table)))
        .isEqualTo(20);
    cluster.rest().delete("expired");
  }

  @Test
  void setsTheOffsetsOfASinkWithWindowsOnlyToWhereItsStateEnds() throws IOException {
    Path table = cluster.fresh("windowed-offsets").resolve("table");
    Orders orders = new Orders(cluster, "windowed-offsets", 1, MINUTE_MS, MINUTE_MS);
    orders.send(500);
    cluster.rest().put("windowed-offsets", orders.sink(table));
    cluster.awaitCommitted("windowed-offsets", "windowed-offsets");
    orders.send(500);
    cluster.awaitCommitted("windowed-offsets", "windowed-offsets");
    stop("windowed-offsets");

    TopicPartition partition = new TopicPartition("windowed-offsets", 0);
    CheckpointLocation checkpoint = checkpoint(table);
    long retained =
        checkpoint.commits().numbers().stream()
            .map(number -> frontier(checkpoint, number, partition))
            .filter(end -> end > 0 && end < 1_000)
            .max(Long::compare)
            .orElseThrow();
    assertThatThrownBy(
            () ->
                cluster
                    .rest()
                    .alterOffsets(
                        "windowed-offsets",
                        offsets("windowed-offsets", Map.of(0, retained == 123 ? 124L : 123L))))
        .hasMessageContaining("TM-172")
        .hasMessageContaining("windowed-offsets-0=" + retained);
    cluster
        .rest()
        .alterOffsets("windowed-offsets", offsets("windowed-offsets", Map.of(0, retained)));
    Batch reset = last(checkpoint);
    assertThat(reset.frontier().end(partition)).hasValue(retained);
    assertThat(reset.operators()).containsKey("revenue");

    cluster.rest().resetOffsets("windowed-offsets");
    assertThat(last(checkpoint).operators()).isEmpty();
    // From the start once more: what was closed before comes again, and whole.
    cluster.rest().resume("windowed-offsets");
    orders.close();
    cluster.awaitCommitted("windowed-offsets", "windowed-offsets");
    String name = SparkJudge.name(table);
    String groups = "SELECT count(DISTINCT window.start, product%s) FROM " + name;
    Cluster.PATIENCE.await(
        "the last window is closed",
        () -> cluster.spark().number(groups.formatted("")) >= orders.groups());
    assertThat(cluster.spark().number(groups.formatted(", total_revenue, purchase_count")))
        .isEqualTo(orders.groups());
    assertThat(cluster.spark().rows(table)).isGreaterThan(orders.groups());
    cluster.rest().delete("windowed-offsets");
  }

  @Test
  void writesAgainWhatATableLacksThatWasRestored() throws IOException {
    Path table = cluster.fresh("restored").resolve("table");
    cluster.topics.create("restored", 1);
    Map<String, String> config = cluster.sink("restored", table);
    for (int from : new int[] {0, 10}) {
      send("restored", 0, from, from + 10);
      cluster.rest().put("restored", config);
      cluster.awaitCommitted("restored", "restored");
    }
    stop("restored");
    removeNewestVersion(table);
    send("restored", 0, 20, 25);
    cluster.rest().resume("restored");
    assertThat(cluster.awaitFailure("restored")).contains("TM-176").contains("--to-batch");
    config.put("on.table.restored", "rebase");
    cluster.rest().put("restored", config);
    Cluster.PATIENCE.await("it runs again", () -> cluster.rest().running("restored", 1));
    awaitRows(table, 25);
    assertThat(cluster.spark().number("SELECT count(DISTINCT id) FROM " + SparkJudge.name(table)))
        .isEqualTo(25);
    cluster.rest().delete("restored");
  }

  @Test
  void startsOverWithANewCheckpointLocationThoughTheTableHasTransactionsOfTheOldOne()
      throws IOException {
    Path table = cluster.fresh("new-location").resolve("table");
    cluster.topics.create("new-location", 1);
    send("new-location", 0, 0, 10);
    cluster.rest().put("new-location", cluster.sink("new-location", table));
    cluster.awaitCommitted("new-location", "new-location");
    cluster.rest().delete("new-location");
    cluster
        .rest()
        .put(
            "new-location",
            cluster.sink(
                "new-location",
                table,
                "checkpoint.location",
                table + "-checkpoint-2",
                "on.offsets.in.table",
                "append"));
    awaitRows(table, 20);
    send("new-location", 0, 10, 15);
    awaitRows(table, 25);
    cluster.rest().delete("new-location");
  }

  /** As if the table's log were brought back from a backup. */
  private static void removeNewestVersion(Path table) throws IOException {
    List<Path> log;
    try (Stream<Path> files = Files.list(table.resolve("_delta_log"))) {
      log = files.filter(file -> file.getFileName().toString().matches("[0-9]{20}\\..*")).toList();
    }
    String newest =
        log.stream()
            .map(file -> file.getFileName().toString().substring(0, 20))
            .max(String::compareTo)
            .orElseThrow();
    for (Path file : log) {
      if (file.getFileName().toString().startsWith(newest)) {
        Files.delete(file);
      }
    }
  }

  @Test
  void takesIntoTheTableWhatIsSealedWhenItStops() throws IOException {
    Path table = cluster.fresh("drained").resolve("table");
    cluster.topics.create("drained", 2);
    send("drained", 0, 0, 50);
    send("drained", 1, 50, 100);
    Map<String, String> config =
        cluster.sink(
            "drained",
            table,
            "tasks.max",
            "2",
            "commit.interval.ms",
            String.valueOf(MINUTE_MS * 60));
    cluster.rest().put("drained", config);
    Cluster.PATIENCE.await("a task writes", () -> openFiles(table) > 0);
    stop("drained");
    // Connect gives a stopping task a few seconds, and the driver's last step may take longer.
    Path segments = Path.of(table + "-checkpoint/segments");
    Cluster.PATIENCE.await("what was sealed is committed", () -> isEmpty(segments));
    long read =
        last(checkpoint(table)).frontier().ends().values().stream()
            .mapToLong(Long::longValue)
            .sum();
    assertThat(cluster.spark().rows(table)).isPositive().isEqualTo(read);
    cluster.rest().delete("drained");
  }

  @Test
  void takesIntoTheTableWhatIsSealedWhileItIsPaused() throws IOException {
    Path table = cluster.fresh("paused").resolve("table");
    cluster.topics.create("paused", 1);
    send("paused", 0, 0, 100);
    Map<String, String> config =
        cluster.sink("paused", table, "commit.interval.ms", "4000", "commit.max.records", "10");
    cluster.rest().put("paused", config);
    Path segments = Path.of(table + "-checkpoint/segments");
    Cluster.PATIENCE.await("something is sealed", () -> openFiles(table) > 0);
    cluster.rest().pause("paused");
    Cluster.PATIENCE.await(
        "it is paused",
        () -> cluster.rest().status("paused").at("/tasks/0/state").asText().equals("PAUSED"));
    Cluster.PATIENCE.await("nothing sealed waits", () -> isEmpty(segments));
    CheckpointLocation checkpoint = checkpoint(table);
    assertThat(cluster.spark().rows(table))
        .isEqualTo(last(checkpoint).frontier().end(new TopicPartition("paused", 0)).orElse(0));
    cluster.rest().resume("paused");
    awaitRows(table, 100);
    cluster.rest().delete("paused");
  }

  @Test
  void losesNothingWhenTasksAndPartitionsComeAndGoAndTheConnectorIsCreatedAgain()
      throws IOException {
    Path table = cluster.fresh("scaled").resolve("table");
    cluster.topics.create("scaled", 2);
    int sent = 0;
    for (String tasks : new String[] {"1", "3", "2"}) {
      for (int partition = 0; partition < cluster.topics.endOffsets("scaled").size(); partition++) {
        send("scaled", partition, sent, sent + 10);
        sent += 10;
      }
      cluster.rest().put("scaled", cluster.sink("scaled", table, "tasks.max", tasks));
      cluster.awaitCommitted("scaled", "scaled");
      cluster.topics.grow("scaled", cluster.topics.endOffsets("scaled").size() + 1);
    }
    cluster.rest().delete("scaled");
    send("scaled", 4, sent, sent + 10);
    sent += 10;
    cluster.rest().put("scaled", cluster.sink("scaled", table, "tasks.max", "2"));
    cluster.awaitCommitted("scaled", "scaled");
    awaitRows(table, sent);
    assertThat(cluster.spark().number("SELECT count(DISTINCT id) FROM " + SparkJudge.name(table)))
        .isEqualTo(sent);
    cluster.rest().delete("scaled");
  }

  private void send(String topic, int partition, int from, int to) {
    for (int id = from; id < to; id++) {
      cluster.records.send(topic, partition, null, "{\"id\":" + id + "}");
    }
    cluster.records.flush();
  }

  private void awaitRows(Path table, long rows) {
    Cluster.PATIENCE.await(rows + " rows", () -> cluster.spark().rows(table) >= rows);
    assertThat(cluster.spark().rows(table)).isEqualTo(rows);
  }

  private void stop(String connector) {
    cluster.rest().stop(connector);
    Cluster.PATIENCE.await(
        "the tasks end", () -> cluster.rest().status(connector).path("tasks").isEmpty());
  }

  private static long openFiles(Path table) {
    if (!Files.exists(table)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(table)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isEmpty(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CheckpointLocation checkpoint(Path table) {
    return new CheckpointLocation(
        Storages.open(table + "-checkpoint", new HadoopFileSystems(Map.of())));
  }

  private static Batch last(CheckpointLocation checkpoint) throws IOException {
    return checkpoint.batches().read(checkpoint.commits().latest().getAsLong()).orElseThrow();
  }

  private static long frontier(
      CheckpointLocation checkpoint, long number, TopicPartition partition) {
    try {
      return checkpoint.batches().read(number).orElseThrow().frontier().end(partition).orElse(0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode offsets(String topic, Map<Integer, Long> offsets) {
    ObjectNode document = JSON.createObjectNode();
    var list = document.putArray("offsets");
    offsets.forEach(
        (partition, offset) -> {
          ObjectNode entry = list.addObject();
          entry.putObject("partition").put("kafka_topic", topic).put("kafka_partition", partition);
          entry.putObject("offset").put("kafka_offset", offset);
        });
    return document;
  }
}
