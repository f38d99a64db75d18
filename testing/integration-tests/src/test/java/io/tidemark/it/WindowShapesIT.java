package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Windows from an offset, sessions with a gap of each record, groups and aggregates of expressions,
 * and a condition over rows: each row as Spark computes it from the records of the same topic.
 */
class WindowShapesIT {

  private static final String NAME = "window-shapes";
  private static final int PARTITIONS = 2;
  private static final int ORDERS = 3_000;
  private static final long SEED = 20261130;

  /** The same text for Spark and for the connector. */
  private static final String GAP =
      "CASE WHEN plan = 'free' THEN '40 seconds' WHEN plan = 'none' THEN NULL"
          + " ELSE concat(CAST(seconds AS string), ' seconds') END";

  private final Cluster cluster = Cluster.shared();
  private final Path lake;

  WindowShapesIT() throws IOException {
    lake = cluster.fresh(NAME).resolve("lake");
  }

  @Test
  void writesTheRowsOfSpark() throws IOException {
    cluster.topics.create(NAME, PARTITIONS);
    cluster.rest().put(NAME, config());
    send();
    cluster.awaitCommitted(NAME, NAME);
    Path records = lake.resolve(NAME);
    assertThat(cluster.spark().rows(records)).isEqualTo(ORDERS + PARTITIONS);
    String orders = SparkJudge.name(records) + " WHERE user <> 'end'";
    judge(
        "SELECT window.start AS start, window.end AS end, lower(country) AS country,"
            + " price * quantity > 50 AS big, count(*) AS n, sum(price * quantity) AS total FROM "
            + orders
            + " GROUP BY window(timestamp_millis(at), '10 minutes', '5 minutes', '-2 minutes'),"
            + " lower(country), price * quantity > 50 HAVING count(*) > 20 AND sum(price * quantity) IS NOT NULL",
        "SELECT window.start AS start, window.end AS end, country, big, n, total FROM "
            + SparkJudge.name(lake.resolve("countries"))
            + " WHERE country <> 'end'",
        lake.resolve("countries"));
    judge(
        "SELECT session_window.start AS start, session_window.end AS end, user,"
            + " count(*) AS n, sum(quantity) AS q FROM "
            + orders
            + " GROUP BY user, session_window(timestamp_millis(at), "
            + GAP
            + ")",
        "SELECT window.start AS start, window.end AS end, user, n, q FROM "
            + SparkJudge.name(lake.resolve("visits"))
            + " WHERE user <> 'end'",
        lake.resolve("visits"));
    cluster.rest().delete(NAME);
  }

  private void judge(String expected, String found, Path table) {
    long wanted = cluster.spark().number("SELECT count(*) FROM (" + expected + ")");
    assertThat(wanted).as("seed %d", SEED).isGreaterThan(20);
    Cluster.PATIENCE.await(
        "the windows are closed",
        () ->
            Files.exists(table.resolve("_delta_log/00000000000000000000.json"))
                && cluster.spark().number("SELECT count(*) FROM (" + found + ")") >= wanted);
    assertThat(cluster.spark().query("(" + expected + ") EXCEPT ALL (" + found + ")"))
        .as("rows of Spark alone, seed %d", SEED)
        .isEmpty();
    assertThat(cluster.spark().query("(" + found + ") EXCEPT ALL (" + expected + ")"))
        .as("rows of the connector alone, seed %d", SEED)
        .isEmpty();
  }

  private Map<String, String> config() {
    Map<String, String> config =
        cluster.sink(
            NAME,
            lake.resolve("unused"),
            "table.base.path",
            lake.toString(),
            "checkpoint.location",
            lake + "-checkpoint",
            "transforms",
            "countries,visits");
    config.remove("table.path");
    for (String alias : new String[] {"countries", "visits"}) {
      put(config, alias, "type", "io.tidemark.transforms.WindowedAggregate");
      put(config, alias, "forward.input", "true");
      put(config, alias, "event.time.field", "at");
      put(config, alias, "watermark.delay.ms", "600000");
    }
    put(config, "countries", "window.type", "hopping");
    put(config, "countries", "window.size.ms", "600000");
    put(config, "countries", "window.advance.ms", "300000");
    put(config, "countries", "window.start.offset.ms", "-120000");
    put(config, "countries", "group.by", "lower(country) AS country, price * quantity > 50 AS big");
    put(config, "countries", "aggregates", "n=count(*), sum(price * quantity) AS total");
    put(config, "countries", "having", "n > 20 AND total IS NOT NULL");
    put(config, "visits", "window.type", "session");
    put(config, "visits", "window.gap.expression", GAP);
    put(config, "visits", "group.by", "user");
    put(config, "visits", "aggregates", "n=count(*), q=sum(quantity)");
    return config;
  }

  private static void put(Map<String, String> config, String alias, String key, String value) {
    config.put("transforms." + alias + "." + key, value);
  }

  /** Orders a second apart, up to eight minutes late, and one that closes all windows. */
  private void send() {
    Random random = new Random(SEED);
    String[] plans = {"free", "paid", "paid", "none"};
    String[] countries = {"BE", "be", "Be", "DE", "de"};
    for (int i = 0; i < ORDERS; i++) {
      cluster.records.send(
          NAME,
          i % PARTITIONS,
          null,
          order(
              Orders.START_MS + i * 1_000L - random.nextInt(480_000),
              "user" + random.nextInt(12),
              countries[random.nextInt(countries.length)],
              random.nextInt(20) == 0 ? "null" : String.valueOf(random.nextInt(100) / 2.0),
              random.nextInt(5),
              plans[random.nextInt(plans.length)],
              random.nextInt(150) - 20));
    }
    for (int partition = 0; partition < PARTITIONS; partition++) {
      long at = Orders.START_MS + ORDERS * 1_000L + 60 * Orders.MINUTE_MS;
      cluster.records.send(NAME, partition, null, order(at, "end", "end", "1.0", 1, "free", 1));
    }
    cluster.records.flush();
  }

  private static String order(
      long at, String user, String country, String price, int quantity, String plan, int seconds) {
    return ("{\"at\":%d,\"user\":\"%s\",\"country\":\"%s\",\"price\":%s,\"quantity\":%d,"
            + "\"plan\":\"%s\",\"seconds\":%d}")
        .formatted(at, user, country, price, quantity, plan, seconds);
  }
}
