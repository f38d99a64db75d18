package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Path;
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
