package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.common.TidemarkException;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sink through REST, as its users meet it; the tables are read by Spark. */
class DeltaSinkIT {

  private final Cluster cluster = Cluster.shared();

  @Test
  void landsJsonInATableWhoseHistoryReadsAsAfterSpark() throws IOException {
    Path table = cluster.fresh("history").resolve("table");
    cluster.topics.create("history", 3);
    for (int id = 0; id < 100; id++) {
      send(
          "history",
          "{\"id\":%d,\"amount\":%d.5,\"paid\":true,\"customer\":{\"name\":\"c%d\"},\"tags\":[\"a\"]}"
              .formatted(id, id, id));
    }
    cluster.records.flush();
    run("history", cluster.sink("history", table, "tasks.max", "2"));

    assertThat(
            cluster
                .spark()
                .query(
                    "SELECT count(*) AS n, sum(amount) AS total, count(DISTINCT customer.name) AS"
                        + " customers, max(tags[0]) AS tag FROM "
                        + SparkJudge.name(table))
                .get(0)
                .toString())
        .isEqualTo("{\"n\":100,\"total\":5000.0,\"customers\":100,\"tag\":\"a\"}");
    JsonNode update =
        cluster.spark().history(table).stream()
            .filter(version -> version.path("operation").asText().equals("STREAMING UPDATE"))
            .findFirst()
            .orElseThrow();
    assertThat(update.path("operationParameters").path("outputMode").asText()).isEqualTo("Append");
    assertThat(update.path("operationParameters").path("queryId").asText())
        .isEqualTo(
            Files.readString(Path.of(table + "-checkpoint/metadata"))
                .replaceAll(".*\"id\":\"([^\"]*)\".*", "$1"));
    assertThat(update.path("operationParameters").path("epochId").asText()).matches("[0-9]+");
    assertThat(update.path("operationMetrics").path("numOutputRows").asLong()).isPositive();
    assertThat(update.path("operationMetrics").path("numAddedFiles").asLong()).isPositive();
    assertThat(update.path("operationMetrics").path("numOutputBytes").asLong()).isPositive();
    end("history");
  }

  /** Strings go from the record to the file as bytes, but those that name a partition. */
  @Test
  void landsWhatItsOwnConverterReads() throws IOException {
    Path table = cluster.fresh("own").resolve("table");
    cluster.topics.create("own", 2);
    for (int id = 0; id < 50; id++) {
      send(
          "own",
          """
          {"id":%d,"land":"%s","name":"n\u00e9 %d","note":"a\\tb","lines":[{"sku":"s%d","n":2}],"big":%s}
          """
              .formatted(id, id % 2 == 0 ? "FR" : "DE", id, id, "12345678901234567890123"));
    }
    send("own", "{\"id\":50,\"land\":\"FR\"} trailing");
    send("own", "{\"id\":51,\"land\":\"FR\",\"later\":{\"text\":\"new\"}}");
    cluster.records.flush();
    run(
        "own",
        cluster.sink(
            "own",
            table,
            "value.converter",
            "io.tidemark.converters.JsonConverter",
            "value.converter.schemas.enable",
            "false",
            "table.partition.by",
            "land",
            "errors.tolerance",
            "all"));

    assertThat(
            cluster
                .spark()
                .query(
                    "SELECT count(*) AS n, min(name) AS name, max(note) AS note, max(lines[0].sku)"
                        + " AS sku, sum(lines[0].n) AS pieces, CAST(max(big) AS STRING) AS big,"
                        + " count(DISTINCT land) AS lands, max(later.text) AS later FROM "
                        + SparkJudge.name(table))
                .get(0)
                .toString())
        .isEqualTo(
            "{\"n\":51,\"name\":\"n\u00e9 0\",\"note\":\"a\\tb\",\"sku\":\"s9\",\"pieces\":100,"
                + "\"big\":\"12345678901234567890123\",\"lands\":2,\"later\":\"new\"}");
    end("own");
  }

  /** From bronze to silver, as a Spark query has it; what is dropped counts as read. */
  @Test
  void landsWhatAFilterKeepsWithAComputedColumn() throws IOException {
    Path table = cluster.fresh("silver").resolve("table");
    cluster.topics.create("silver", 2);
    for (int id = 0; id < 40; id++) {
      send(
          "silver",
          "{\"id\":%d,\"status\":\"%s\",\"price\":2.5,\"quantity\":%d}"
              .formatted(id, id % 4 == 0 ? "COMPLETED" : "OPEN", id));
    }
    cluster.records.flush();
    run(
        "silver",
        cluster.sink(
            "silver",
            table,
            "transforms",
            "completed,computed",
            "transforms.completed.type",
            "io.tidemark.transforms.Where",
            "transforms.completed.condition",
            "status = 'COMPLETED' AND quantity > 0",
            "transforms.computed.type",
            "io.tidemark.transforms.WithColumn",
            "transforms.computed.columns",
            "total = price * quantity, seen = current_timestamp() IS NOT NULL"));

    assertThat(
            cluster
                .spark()
                .query(
                    "SELECT count(*) AS n, sum(total) AS total, min(status) AS status, bool_and(seen)"
                        + " AS seen FROM "
                        + SparkJudge.name(table))
                .get(0)
                .toString())
        .isEqualTo("{\"n\":9,\"total\":450.0,\"status\":\"COMPLETED\",\"seen\":true}");
    end("silver");
  }

  @Test
  void growsTheTableByAColumnWhenRecordsBringAField() throws IOException {
    Path table = cluster.fresh("grows").resolve("table");
    cluster.topics.create("grows", 1);
    send("grows", "{\"id\":1}");
    cluster.records.flush();
    Map<String, String> config = cluster.sink("grows", table);
    run("grows", config);
    send("grows", "{\"id\":2,\"country\":\"FR\"}");
    send("grows", "{\"id\":3}");
    cluster.records.flush();
    cluster.awaitCommitted("grows", "grows");

    assertThat(
            cluster
                .spark()
                .query("SELECT id, country FROM " + SparkJudge.name(table) + " ORDER BY id"))
        .hasToString(
            "[{\"id\":1,\"country\":null}, {\"id\":2,\"country\":\"FR\"},"
                + " {\"id\":3,\"country\":null}]");
    end("grows");
  }

  /** Without Spark's mark in their footer, Spark 3 refuses files with dates before 1582. */
  @Test
  void writesOldDatesThatSparkReadsThoughItAsksForTheirCalendar() throws IOException {
    Path table = cluster.fresh("old-dates").resolve("table");
    String sql = SparkJudge.name(table);
    cluster
        .spark()
        .query("CREATE TABLE " + sql + " (id BIGINT, day DATE, at TIMESTAMP) USING delta");
    cluster.topics.create("old-dates", 1);
    send("old-dates", "{\"id\":1,\"day\":\"0999-12-31\",\"at\":\"0999-12-31T12:00:00Z\"}");
    cluster.records.flush();
    run("old-dates", cluster.sink("old-dates", table));

    String mode = "spark.sql.parquet.datetimeRebaseModeInRead";
    cluster.spark().query("SET " + mode + "=EXCEPTION");
    assertThat(
            cluster
                .spark()
                .query("SELECT CAST(day AS STRING) AS day, CAST(at AS STRING) AS at FROM " + sql))
        .hasToString("[{\"day\":\"0999-12-31\",\"at\":\"0999-12-31 12:00:00\"}]");
    cluster.spark().query("RESET " + mode);
    end("old-dates");
  }

  @Test
  void bringsTheGroupToTheEndOfTheTableAlsoWhenNoRecordComes() throws IOException {
    Path table = cluster.fresh("lagging").resolve("table");
    cluster.topics.create("lagging", 2);
    send("lagging", "{\"id\":1}");
    cluster.records.flush();
    run("lagging", cluster.sink("lagging", table));
    cluster.rest().stop("lagging");
    Cluster.PATIENCE.await(
        "the group has no member and forgets its offsets",
        () -> {
          try {
            cluster.topics.forgetCommitted("connect-lagging", "lagging");
            return true;
          } catch (TidemarkException stillThere) {
            return false;
          }
        });
    assertThat(cluster.topics.lag("connect-lagging", "lagging")).isEqualTo(1);
    cluster.rest().resume("lagging");
    cluster.awaitCommitted("lagging", "lagging");

    assertThat(cluster.spark().rows(table)).isEqualTo(1);
    end("lagging");
  }

  @Test
  void landsEachTopicInItsOwnPartitionedTable() throws IOException {
    Path base = cluster.fresh("shop");
    for (String topic : List.of("shop.orders", "shop.refunds")) {
      cluster.topics.create(topic, 2);
      for (int id = 0; id < 20; id++) {
        send(topic, "{\"id\":%d,\"country\":\"%s\"}".formatted(id, id % 2 == 0 ? "FR" : "DE"));
      }
    }
    cluster.records.flush();
    Map<String, String> config =
        cluster.sink("", base, "table.base.path", base.toString(), "tasks.max", "2");
    config.remove("table.path");
    config.remove("topics");
    config.put("topics.regex", "shop\\.(.*)");
    config.put("table.name.format", "${1}");
    config.put("table.partition.by", "country");
    cluster.rest().put("shop", config);
    cluster.awaitCommitted("shop", "shop.orders");
    cluster.awaitCommitted("shop", "shop.refunds");

    for (String name : List.of("orders", "refunds")) {
      Path table = base.resolve(name);
      assertThat(cluster.spark().rows(table)).isEqualTo(20);
      assertThat(
              cluster
                  .spark()
                  .query("DESCRIBE DETAIL " + SparkJudge.name(table))
                  .get(0)
                  .path("partitionColumns")
                  .toString())
          .isEqualTo("[\"country\"]");
      assertThat(
              cluster
                  .spark()
                  .number(
                      "SELECT count(*) FROM "
                          + SparkJudge.name(table)
                          + " WHERE country = 'FR' AND id % 2 = 0"))
          .isEqualTo(10);
    }
    end("shop");
  }

  @Test
  void landsRecordsWithSchema() throws IOException {
    Path table = cluster.fresh("structs").resolve("table");
    cluster.topics.create("structs", 1);
    send(
        "structs",
        "{\"schema\":{\"type\":\"struct\",\"optional\":false,\"fields\":["
            + "{\"field\":\"id\",\"type\":\"int64\",\"optional\":false},"
            + "{\"field\":\"at\",\"type\":\"int64\",\"optional\":true,"
            + "\"name\":\"org.apache.kafka.connect.data.Timestamp\",\"version\":1},"
            + "{\"field\":\"day\",\"type\":\"int32\",\"optional\":true,"
            + "\"name\":\"org.apache.kafka.connect.data.Date\",\"version\":1}]},"
            + "\"payload\":{\"id\":7,\"at\":1700000000123,\"day\":19675}}");
    cluster.records.flush();
    run(
        "structs",
        cluster.sink(
            "structs",
            table,
            "value.converter",
            "org.apache.kafka.connect.json.JsonConverter",
            "value.converter.schemas.enable",
            "true"));
    assertThat(
            cluster
                .spark()
                .query(
                    "SELECT id, unix_millis(at) AS at, CAST(day AS STRING) AS day FROM "
                        + SparkJudge.name(table))
                .get(0)
                .toString())
        .isEqualTo("{\"id\":7,\"at\":1700000000123,\"day\":\"2023-11-14\"}");
    end("structs");
  }

  @Test
  void sendsUnusableRecordsToTheDeadLetterQueueAndKeepsTheOthers() throws IOException {
    Path table = cluster.fresh("dead").resolve("table");
    cluster.topics.create("dead", 1);
    cluster.topics.create("dead-letters", 1);
    send("dead", "{\"id\":1}");
    send("dead", "{\"id\":\"not a number\"}");
    send("dead", "no JSON at all");
    send("dead", "\"a string\"");
    send("dead", "{\"id\":2}");
    cluster.records.flush();
    run(
        "dead",
        cluster.sink(
            "dead",
            table,
            "errors.tolerance",
            "all",
            "errors.deadletterqueue.topic.name",
            "dead-letters",
            "errors.deadletterqueue.topic.replication.factor",
            "1"));
    assertThat(cluster.spark().query("SELECT id FROM " + SparkJudge.name(table) + " ORDER BY id"))
        .hasToString("[{\"id\":1}, {\"id\":2}]");
    Cluster.PATIENCE.await(
        "three dead letters", () -> cluster.topics.endOffsets("dead-letters").get(0) == 3);
    end("dead");
  }

  @Test
  void failsNamingPlaceAndFieldWhenErrorsAreNotToleratedAndWritesNothingOfTheBatch()
      throws IOException {
    Path table = cluster.fresh("strict").resolve("table");
    cluster.topics.create("strict", 1);
    send("strict", "{\"id\":1}");
    cluster.records.flush();
    run("strict", cluster.sink("strict", table));
    send("strict", "{\"id\":2}");
    send("strict", "{\"id\":\"secret-value\"}");
    cluster.records.flush();
    String trace = cluster.awaitFailure("strict");
    assertThat(trace)
        .contains("TM-104")
        .contains("strict-0@2")
        .contains("field id")
        .doesNotContain("secret-value");
    assertThat(
            cluster
                .spark()
                .number("SELECT count(*) FROM " + SparkJudge.name(table) + " WHERE id=1"))
        .isEqualTo(1);
    end("strict");
  }

  @Test
  void failsAndWritesNothingWhenTheTableWasDroppedAndRecreated() throws IOException {
    Path table = cluster.fresh("recreated").resolve("table");
    cluster.topics.create("recreated", 1);
    send("recreated", "{\"id\":1}");
    cluster.records.flush();
    Map<String, String> config = cluster.sink("recreated", table);
    run("recreated", config);
    cluster.rest().stop("recreated");
    Cluster.PATIENCE.await(
        "the tasks end", () -> cluster.rest().status("recreated").path("tasks").isEmpty());
    deleteRecursively(table);
    cluster.spark().query("CREATE TABLE " + SparkJudge.name(table) + " (id BIGINT) USING delta");
    send("recreated", "{\"id\":2}");
    cluster.records.flush();
    cluster.rest().resume("recreated");
    assertThat(cluster.awaitFailure("recreated"))
        .contains("TM-152")
        .contains("checkpoint.location");
    assertThat(cluster.spark().rows(table)).isZero();
    end("recreated");
  }

  @Test
  void failsNamingTheFileWhenTheCheckpointIsDamagedAndLeavesItAsItIs() throws IOException {
    Path table = cluster.fresh("damaged").resolve("table");
    cluster.topics.create("damaged", 1);
    send("damaged", "{\"id\":1}");
    cluster.records.flush();
    run("damaged", cluster.sink("damaged", table));
    cluster.rest().stop("damaged");
    Cluster.PATIENCE.await(
        "the tasks end", () -> cluster.rest().status("damaged").path("tasks").isEmpty());
    Path batches = Path.of(table + "-checkpoint/batches");
    Path last;
    try (var files = Files.list(batches)) {
      last = files.max((a, b) -> Long.compare(number(a), number(b))).orElseThrow();
    }
    Files.writeString(last, "v1\n{\"batch\":");
    cluster.rest().resume("damaged");
    assertThat(cluster.awaitFailure("damaged"))
        .contains("TM-301")
        .contains("batches/" + last.getFileName());
    assertThat(last).hasContent("v1\n{\"batch\":");
    end("damaged");
  }

  @Test
  void refusesALocationThatCannotBeWritten() throws IOException {
    Path file = Files.createFile(cluster.fresh("unwritable").resolve("a-file"));
    Map<String, String> config =
        cluster.sink(
            "unwritable",
            file.resolveSibling("table"),
            "checkpoint.location",
            file + "/checkpoint");
    assertThatThrownBy(() -> cluster.rest().put("unwritable", config))
        .hasMessageContaining("400")
        .hasMessageContaining("checkpoint.location")
        .hasMessageContaining(file + " is a file");
  }

  @Test
  void refusesAConfigurationAtTheKeysThatAreWrong() {
    Map<String, String> config = cluster.sink("x", Path.of("/lake/x"));
    config.put("name", "x");
    config.put("commit.interval.ms", "0");
    config.put("table.partiton.by", "day");
    Map<String, List<String>> refusals =
        cluster.rest().validate("io.tidemark.sink.DeltaSinkConnector", config);
    assertThat(refusals).containsOnlyKeys("commit.interval.ms", "table.partiton.by");
    assertThat(refusals.get("table.partiton.by").get(0))
        .contains("did you mean table.partition.by");
  }

  private void run(String connector, Map<String, String> config) {
    cluster.rest().put(connector, config);
    cluster.awaitCommitted(connector, connector);
  }

  private void end(String connector) {
    cluster.rest().delete(connector);
  }

  private void send(String topic, String value) {
    cluster.records.send(topic, null, value);
  }

  private static long number(Path entry) {
    return Long.parseLong(entry.getFileName().toString());
  }

  private static void deleteRecursively(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
