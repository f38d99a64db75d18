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
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Windowed aggregates from configuration alone, in real workers that are killed. */
class WindowsIT {

  private static final Logger LOG = LoggerFactory.getLogger(WindowsIT.class);
  private static final String NAME = "windows";
  private static final int PARTITIONS = 3;
  private static final int ORDERS = 6_000;
  private static final long MINUTE_MS = 60_000;
  private static final long START_MS = 1_790_000_000_000L / (5 * MINUTE_MS) * (5 * MINUTE_MS);
  private static final List<String> PRODUCTS = List.of("apple", "bread", "cheese", "dates");

  private final Cluster cluster = Cluster.shared();
  private final Random random = new Random(20261124);

  /** Window start and product to revenue and number of purchases. */
  private final Map<String, long[]> expected = new TreeMap<>();

  private int sent;

  @Test
  void writesOneRowPerClosedWindowAndProductThoughTheWorkerIsKilled() throws IOException {
    Path table = cluster.fresh(NAME).resolve("table");
    cluster.topics.create(NAME, PARTITIONS);
    try (ConnectWorker worker = cluster.lone(NAME, cluster.plugins(), "384m")) {
      worker.launch();
      worker.awaitReady();
      worker.rest().put(NAME, sink(table));
      sendUntil(ORDERS / 2);
      Cluster.PATIENCE.await("windows are closed", () -> rows(table) > 0);
      sendUntil(ORDERS / 2 + ORDERS / 4);
      worker.process().kill();
      LOG.info("killed the worker after {} orders, {} rows", sent, rows(table));
      worker.launch();
      sendUntil(ORDERS);
      close();
      worker.awaitReady();
      cluster.awaitCommitted(worker.rest(), NAME, NAME);
      Cluster.PATIENCE.await("all windows are closed", () -> rows(table) >= expected.size());
      worker.rest().delete(NAME);
    }
    judge(table);
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
    long start = START_MS / 1000;
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
  void goesOnWhenTwoTasksShowTypesThatHaveNoneInCommon() throws IOException {
    String name = "windows-and-types";
    String deadLetters = name + "-dead";
    Path table = cluster.fresh(name).resolve("table");
    cluster.topics.create(name, 2);
    cluster.topics.create(deadLetters, 1);
    for (int i = 0; i < 10; i++) {
      sendOf(name, 0, START_MS + i, "{\"at\":%d,\"size\":" + i + "}");
      sendOf(name, 1, START_MS + i, "{\"at\":%d,\"size\":\"large\"}");
    }
    cluster.records.flush();
    cluster.rest().put(name, sizes(name, table, deadLetters));
    Cluster.PATIENCE.await(
        "the records of one kind are dead letters",
        () -> cluster.topics.endOffsets(deadLetters).get(0) >= 10);
    for (int partition = 0; partition < 2; partition++) {
      sendOf(name, partition, START_MS + 60 * MINUTE_MS, "{\"at\":%d}");
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
        String.valueOf(5 * MINUTE_MS),
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

  private Map<String, String> sink(Path table) {
    return cluster.sink(
        NAME,
        table,
        "tasks.max",
        "2",
        "commit.interval.ms",
        "500",
        "consumer.override.session.timeout.ms",
        "3000",
        "consumer.override.heartbeat.interval.ms",
        "500",
        "transforms",
        "revenue",
        "transforms.revenue.type",
        "io.tidemark.transforms.WindowedAggregate",
        "transforms.revenue.event.time.field",
        "event_time",
        "transforms.revenue.watermark.delay.ms",
        String.valueOf(10 * MINUTE_MS),
        "transforms.revenue.window.type",
        "tumbling",
        "transforms.revenue.window.size.ms",
        String.valueOf(5 * MINUTE_MS),
        "transforms.revenue.group.by",
        "product",
        "transforms.revenue.aggregates",
        "total_revenue=sum(amount), purchase_count=count(*)");
  }

  /** Each order is up to eight minutes late, which the delay covers. */
  private void sendUntil(int count) {
    for (; sent < count; sent++) {
      long eventMs = START_MS + sent * 1_000L - random.nextInt((int) (8 * MINUTE_MS));
      String product = PRODUCTS.get(random.nextInt(PRODUCTS.size()));
      int amount = random.nextInt(1_000);
      send(sent % PARTITIONS, eventMs, product, amount);
      long window = Math.floorDiv(eventMs, 5 * MINUTE_MS) * 5 * MINUTE_MS;
      long[] sums = expected.computeIfAbsent(window + " " + product, absent -> new long[2]);
      sums[0] += amount;
      sums[1]++;
    }
    cluster.records.flush();
  }

  /** One order per partition, so late that it closes every window before its own. */
  private void close() {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      send(partition, START_MS + ORDERS * 1_000L + 60 * MINUTE_MS, "end", 1);
    }
    cluster.records.flush();
  }

  private void send(int partition, long eventMs, String product, int amount) {
    cluster.records.send(
        NAME,
        partition,
        null,
        "{\"event_time\":%d,\"product\":\"%s\",\"amount\":%d}".formatted(eventMs, product, amount));
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

  private void judge(Path table) {
    Map<String, String> found = new TreeMap<>();
    for (JsonNode row :
        cluster
            .spark()
            .query(
                "SELECT unix_millis(window.start) AS start, unix_millis(window.end) AS end,"
                    + " product, total_revenue, purchase_count FROM "
                    + SparkJudge.name(table))) {
      assertThat(row.path("end").asLong() - row.path("start").asLong()).isEqualTo(5 * MINUTE_MS);
      String before =
          found.put(
              row.path("start").asLong() + " " + row.path("product").asText(),
              row.path("total_revenue").asLong() + " " + row.path("purchase_count").asLong());
      assertThat(before).as("doubled row").isNull();
    }
    Map<String, String> wanted = new TreeMap<>();
    expected.forEach((group, sums) -> wanted.put(group, sums[0] + " " + sums[1]));
    LOG.info("{} orders, {} rows", sent, found.size());
    assertThat(found).isEqualTo(wanted);
  }
}
