package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.reader.SparkJudge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic of orders, and what each window and product must come to, added up record by record. The
 * event time of orders continues by a second each; they are up to eight minutes late, which the
 * watermark's delay covers.
 */
final class Orders {

  static final long MINUTE_MS = 60_000;
  static final long START_MS = 1_790_000_000_000L / (5 * MINUTE_MS) * (5 * MINUTE_MS);

  private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
  private static final List<String> PRODUCTS = List.of("apple", "bread", "cheese", "dates");

  private final Cluster cluster;
  private final String topic;
  private final int partitions;
  private final long sizeMs;
  private final long advanceMs;
  private final Random random = new Random(20261124);

  /** Window start and product to revenue and number of purchases. */
  private final Map<String, long[]> expected = new TreeMap<>();

  private int sent;

  /**
   * Creates the topic.
   *
   * @param advanceMs of the windows; their size when they are tumbling
   */
  Orders(Cluster cluster, String topic, int partitions, long sizeMs, long advanceMs) {
    this.cluster = cluster;
    this.topic = topic;
    this.partitions = partitions;
    this.sizeMs = sizeMs;
    this.advanceMs = advanceMs;
    cluster.topics.create(topic, partitions);
  }

  /** A sink that aggregates the orders as transformation {@code revenue}. */
  Map<String, String> sink(Path table, String... more) {
    Map<String, String> config = cluster.sink(topic, table, more);
    config.put("consumer.override.session.timeout.ms", "3000");
    config.put("consumer.override.heartbeat.interval.ms", "500");
    config.put("transforms", "revenue");
    config.put("transforms.revenue.type", "io.tidemark.transforms.WindowedAggregate");
    config.put("transforms.revenue.event.time.field", "event_time");
    config.put("transforms.revenue.watermark.delay.ms", String.valueOf(10 * MINUTE_MS));
    config.put("transforms.revenue.window.size.ms", String.valueOf(sizeMs));
    if (advanceMs < sizeMs) {
      config.put("transforms.revenue.window.type", "hopping");
      config.put("transforms.revenue.window.advance.ms", String.valueOf(advanceMs));
    }
    config.put("transforms.revenue.group.by", "product");
    config.put(
        "transforms.revenue.aggregates", "total_revenue=sum(amount), purchase_count=count(*)");
    return config;
  }

  int sent() {
    return sent;
  }

  /** Windows and products that were sent. */
  long groups() {
    return expected.size();
  }

  /** Sends so many more. */
  void send(int count) {
    for (int end = sent + count; sent < end; sent++) {
      long eventMs = START_MS + sent * 1_000L - random.nextInt((int) (8 * MINUTE_MS));
      String product = PRODUCTS.get(random.nextInt(PRODUCTS.size()));
      int amount = random.nextInt(1_000);
      send(sent % partitions, eventMs, product, amount);
      for (long start = Math.floorDiv(eventMs, advanceMs) * advanceMs;
          start > eventMs - sizeMs;
          start -= advanceMs) {
        long[] sums = expected.computeIfAbsent(start + " " + product, absent -> new long[2]);
        sums[0] += amount;
        sums[1]++;
      }
    }
    cluster.records.flush();
  }

  /** One order per partition, so late that it closes every window before its own. */
  void close() {
    for (int partition = 0; partition < partitions; partition++) {
      send(partition, START_MS + sent * 1_000L + 60 * MINUTE_MS, "end", 1);
    }
    cluster.records.flush();
  }

  private void send(int partition, long eventMs, String product, int amount) {
    cluster.records.send(
        topic,
        partition,
        null,
        "{\"event_time\":%d,\"product\":\"%s\",\"amount\":%d}".formatted(eventMs, product, amount));
  }

  /** Rows of the table; 0 while there is none. */
  long rows(Path table) {
    return Files.exists(table.resolve("_delta_log/00000000000000000000.json"))
        ? cluster.spark().rows(table)
        : 0;
  }

  /** Waits until all windows are closed and compares them: nothing missing, doubled or wrong. */
  void judge(Path table) {
    Cluster.PATIENCE.await("all windows are closed", () -> rows(table) >= expected.size());
    Map<String, String> found = new TreeMap<>();
    for (JsonNode row :
        cluster
            .spark()
            .query(
                "SELECT unix_millis(window.start) AS start, unix_millis(window.end) AS end,"
                    + " product, total_revenue, purchase_count FROM "
                    + SparkJudge.name(table))) {
      assertThat(row.path("end").asLong() - row.path("start").asLong()).isEqualTo(sizeMs);
      String before =
          found.put(
              row.path("start").asLong() + " " + row.path("product").asText(),
              row.path("total_revenue").asLong() + " " + row.path("purchase_count").asLong());
      assertThat(before).as("doubled row").isNull();
    }
    Map<String, String> wanted = new TreeMap<>();
    expected.forEach((group, sums) -> wanted.put(group, sums[0] + " " + sums[1]));
    LOG.info("{}: {} orders, {} rows", topic, sent, found.size());
    assertThat(found).isEqualTo(wanted);
  }
}
