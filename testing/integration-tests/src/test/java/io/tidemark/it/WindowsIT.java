package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Windowed aggregates from configuration alone, in real workers that are killed. */
class WindowsIT {

  private static final Logger LOG = LoggerFactory.getLogger(WindowsIT.class);
  private static final String NAME = "windows";
  private static final int ORDERS = 6_000;

  private final Cluster cluster = Cluster.shared();

  @Test
  void writesOneRowPerClosedWindowAndProductThoughTheWorkerIsKilled() throws IOException {
    Path table = cluster.fresh(NAME).resolve("table");
    Orders orders = new Orders(cluster, NAME, 3, 5 * Orders.MINUTE_MS, 5 * Orders.MINUTE_MS);
    try (ConnectWorker worker = cluster.lone(NAME, cluster.plugins(), "384m")) {
      worker.launch();
      worker.awaitReady();
      worker.rest().put(NAME, orders.sink(table, "tasks.max", "2"));
      orders.send(ORDERS / 2);
      Cluster.PATIENCE.await("windows are closed", () -> orders.rows(table) > 0);
      orders.send(ORDERS / 4);
      worker.process().kill();
      LOG.info("killed the worker after {} orders, {} rows", orders.sent(), orders.rows(table));
      worker.launch();
      orders.send(ORDERS / 4);
      orders.close();
      worker.awaitReady();
      cluster.awaitCommitted(worker.rest(), NAME, NAME);
      orders.judge(table);
      worker.rest().delete(NAME);
    }
  }

  /** Records of one topic go to three tables: as they came, in windows, and in sessions. */
  @Test
  void landsRecordsAndTheirWindowsAndSessionsInOneBatch() throws IOException {
    String name = "windows-and-records";
    Path lake = cluster.fresh(name).resolve("lake");
    cluster.topics.create(name, 2);
    Map<String, String> config =
        cluster.sink(
            name,
            lake.resolve("unused"),
            "table.base.path",
            lake.toString(),
            "checkpoint.location",
            lake + "-checkpoint",
            "transforms",
            "minutes,visits",
            "transforms.minutes.type",
            "WindowedAggregate",
            "transforms.minutes.forward.input",
            "true",
            "transforms.minutes.event.time.field",
            "at.time",
            "transforms.minutes.event.time.format",
            "seconds",
            "transforms.minutes.watermark.delay.ms",
            "0",
            "transforms.minutes.window.type",
            "hopping",
            "transforms.minutes.window.size.ms",
            "120000",
            "transforms.minutes.window.advance.ms",
            "60000",
            "transforms.minutes.aggregates",
            "n=count(*), users=approx_count_distinct(user), longest=max(seconds)",
            "transforms.visits.type",
            "io.tidemark.transforms.WindowedAggregate",
            "transforms.visits.forward.input",
            "true",
            "transforms.visits.event.time.field",
            "at.time",
            "transforms.visits.event.time.format",
            "seconds",
            "transforms.visits.watermark.delay.ms",
            "0",
            "transforms.visits.window.type",
            "session",
            "transforms.visits.window.gap.ms",
            "30000",
            "transforms.visits.group.by",
            "user",
            "transforms.visits.state.store.provider",
            "memory",
            "transforms.visits.aggregates",
            "n=count(*), first_page=first(page), last_page=last(page), avg(seconds)");
    config.remove("table.path");
    cluster.rest().put(name, config);
    long start = Orders.START_MS / 1000;
    visit(name, 0, start, "ann", "a", 1.5);
    visit(name, 1, start + 20, "ann", "b", 2.5);
    visit(name, 0, start + 70, "bob", "c", 4.0);
    visit(name, 1, start + 100, "ann", "d", 8.0);
    visit(name, 0, start + 1000, "end", "z", 0.0);
    visit(name, 1, start + 1000, "end", "z", 0.0);
    cluster.records.flush();
    Path visits = lake.resolve("visits");
    Path minutes = lake.resolve("minutes");
    Cluster.PATIENCE.await("sessions are closed", () -> rows(visits) >= 3 && rows(minutes) >= 3);
    cluster.awaitCommitted(name, name);
    assertThat(rows(lake.resolve(name))).isEqualTo(6);
    assertThat(
            lines(
                "SELECT unix_seconds(window.start) - "
                    + start
                    + " AS a, unix_seconds(window.end) - "
                    + start
                    + " AS b,"
                    + " user, n, first_page, last_page, avg_seconds FROM "
                    + SparkJudge.name(visits)
                    + " ORDER BY user, a"))
        .containsExactly("0 50 ann 2 a b 2.0", "100 130 ann 1 d d 8.0", "70 100 bob 1 c c 4.0");
    assertThat(
            lines(
                "SELECT unix_seconds(window.start) - "
                    + start
                    + " AS a, unix_seconds(window.end) - "
                    + start
                    + " AS b,"
                    + " n, users, longest FROM "
                    + SparkJudge.name(minutes)
                    + " ORDER BY a"))
        .containsExactly("-60 60 2 1 2.5", "0 120 4 2 8.0", "60 180 2 2 8.0");
    cluster.rest().delete(name);
  }

  /** Neither task can know of the other's type: whichever batch comes first says whose it is. */
  @Test
  void continuesWhenTwoTasksShowTypesThatHaveNoneInCommon() throws IOException {
    String name = "windows-and-types";
    String deadLetters = name + "-dead";
    Path table = cluster.fresh(name).resolve("table");
    cluster.topics.create(name, 2);
    cluster.topics.create(deadLetters, 1);
    for (int i = 0; i < 10; i++) {
      sendOf(name, 0, Orders.START_MS + i, "{\"at\":%d,\"size\":" + i + "}");
      sendOf(name, 1, Orders.START_MS + i, "{\"at\":%d,\"size\":\"large\"}");
    }
    cluster.records.flush();
    cluster.rest().put(name, sizes(name, table, deadLetters));
    Cluster.PATIENCE.await(
        "the records of one kind are dead letters",
        () -> cluster.topics.endOffsets(deadLetters).get(0) >= 10);
    for (int partition = 0; partition < 2; partition++) {
      sendOf(name, partition, Orders.START_MS + 60 * Orders.MINUTE_MS, "{\"at\":%d}");
    }
    cluster.records.flush();
    Cluster.PATIENCE.await("the window is closed", () -> rows(table) == 1);
    cluster.awaitCommitted(name, name);
    assertThat(lines("SELECT records FROM " + SparkJudge.name(table))).containsExactly("10");
    assertThat(cluster.topics.endOffsets(deadLetters).get(0)).isEqualTo(10);
    cluster.rest().delete(name);
  }

  private Map<String, String> sizes(String name, Path table, String deadLetters) {
    return cluster.sink(
        name,
        table,
        "tasks.max",
        "2",
        "errors.tolerance",
        "all",
        "errors.deadletterqueue.topic.name",
        deadLetters,
        "errors.deadletterqueue.topic.replication.factor",
        "1",
        "transforms",
        "sizes",
        "transforms.sizes.type",
        "WindowedAggregate",
        "transforms.sizes.event.time.field",
        "at",
        "transforms.sizes.watermark.delay.ms",
        "0",
        "transforms.sizes.window.size.ms",
        String.valueOf(5 * Orders.MINUTE_MS),
        "transforms.sizes.aggregates",
        "records=count(*), largest=max(size)");
  }

  private void sendOf(String topic, int partition, long eventMs, String format) {
    cluster.records.send(topic, partition, null, format.formatted(eventMs));
  }

  private void visit(
      String topic, int partition, long second, String user, String page, double seconds) {
    cluster.records.send(
        topic,
        partition,
        null,
        "{\"at\":{\"time\":%d},\"user\":\"%s\",\"page\":\"%s\",\"seconds\":%s}"
            .formatted(second, user, page, seconds));
  }

  private List<String> lines(String query) {
    List<String> lines = new ArrayList<>();
    for (JsonNode row : cluster.spark().query(query)) {
      List<String> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(cell.asText()));
      lines.add(String.join(" ", cells));
    }
    return lines;
  }

  private long rows(Path table) {
    if (!table.resolve("_delta_log/00000000000000000000.json").toFile().exists()) {
      return 0;
    }
    return cluster
        .spark()
        .query("SELECT count(*) AS rows FROM " + SparkJudge.name(table))
        .get(0)
        .path("rows")
        .asLong();
  }
}
