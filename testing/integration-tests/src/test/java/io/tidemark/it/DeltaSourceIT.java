package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The source in a real worker with exactly-once support. */
class DeltaSourceIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHARDS = 16;

  private final Cluster cluster = Cluster.shared();

  private void send(String topic, long from, long to) {
    for (long id = from; id < to; id++) {
      cluster.records.send(topic, null, "{\"id\":" + id + ",\"text\":\"row " + id + "\"}");
    }
    cluster.records.flush();
  }

  private void awaitIds(CommittedTopic topic, long count) {
    Cluster.PATIENCE.await(count + " rows are committed", () -> topic.count() >= count);
    assertThat(topic.read())
        .extracting(CommittedTopic.Seen::id)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, count).boxed().toList());
  }

  @Test
  void streamsSnapshotAndTailWithKeysAndHeaders() throws IOException {
    Path table = cluster.fresh("source").resolve("table");
    cluster.topics.create("to-table", 2);
    cluster.topics.create("from-table", 1);
    cluster.rest().put("to-table", cluster.sink("to-table", table));
    send("to-table", 0, 500);
    cluster.awaitCommitted("to-table", "to-table");
    cluster.rest().put("from-table", cluster.source(table, "from-table"));
    try (CommittedTopic topic = new CommittedTopic(cluster, "from-table")) {
      awaitIds(topic, 500);
      send("to-table", 500, 800);
      cluster.awaitCommitted("to-table", "to-table");
      send("to-table", 800, 900);
      awaitIds(topic, 900);
      List<CommittedTopic.Seen> seen = topic.read();
      assertThat(seen)
          .allSatisfy(
              record -> {
                assertThat(record.key()).isEqualTo("" + record.id());
                assertThat(record.value().path("text").asText()).isEqualTo("row " + record.id());
                assertThat(record.change()).isEqualTo("insert");
              });
      assertThat(seen).extracting(CommittedTopic.Seen::version).isSorted();
      assertThat(CommittedTopic.transactions(seen)).hasSize(CommittedTopic.byVersion(seen).size());
    }
    cluster.rest().delete("from-table");
    cluster.rest().delete("to-table");
  }

  @Test
  void continuesHoweverManyTasksThereAre() throws IOException {
    Path table = cluster.fresh("tasks").resolve("table");
    cluster.topics.create("to-tasks", 1);
    cluster.topics.create("from-tasks", 3);
    cluster.rest().put("to-tasks", cluster.sink("to-tasks", table, "commit.interval.ms", "200"));
    send("to-tasks", 0, 1000);
    cluster.awaitCommitted("to-tasks", "to-tasks");
    long sent = 1000;
    try (CommittedTopic topic = new CommittedTopic(cluster, "from-tasks")) {
      for (String tasks : new String[] {"1", "4", "2", "16"}) {
        cluster.rest().put("from-tasks", cluster.source(table, "from-tasks", "tasks.max", tasks));
        for (int version = 0; version < 5; version++) {
          send("to-tasks", sent, sent + 100);
          cluster.awaitCommitted("to-tasks", "to-tasks");
          sent += 100;
        }
        Cluster.PATIENCE.await(
            tasks + " tasks run",
            () -> cluster.rest().running("from-tasks", Integer.parseInt(tasks)));
      }
      awaitIds(topic, sent);
    }
    cluster.rest().delete("from-tasks");
    cluster.rest().delete("to-tasks");
  }

  @Test
  void offsetsAreAlteredAndResetThroughRest() throws IOException {
    Path table = cluster.fresh("offsets").resolve("table");
    cluster.topics.create("to-offsets", 1);
    cluster.topics.create("from-offsets", 1);
    cluster.rest().put("to-offsets", cluster.sink("to-offsets", table));
    send("to-offsets", 0, 100);
    cluster.awaitCommitted("to-offsets", "to-offsets");
    cluster.rest().delete("to-offsets");
    cluster.rest().put("from-offsets", cluster.source(table, "from-offsets"));
    try (CommittedTopic topic = new CommittedTopic(cluster, "from-offsets")) {
      awaitIds(topic, 100);

      stop("from-offsets");
      // Connect answers with what it happens to have read of its topic of offsets.
      Cluster.PATIENCE.await(
          "the offsets are known",
          () -> !cluster.rest().offsets("from-offsets").path("offsets").isEmpty());
      JsonNode offset = cluster.rest().offsets("from-offsets").at("/offsets/0/offset");
      assertThat(offset.path("tableId").asText()).isNotEmpty();
      assertThat(offset.path("snapshot").asBoolean()).isTrue();

      ObjectNode some = offsets(table, SHARDS - 1, "{\"version\":0}");
      assertThatThrownBy(() -> cluster.rest().alterOffsets("from-offsets", some))
          .hasMessageContaining("TM-504")
          .hasMessageContaining("15 of the 16 shards");
      ObjectNode wrong = offsets(table, SHARDS, "{\"versoin\":0}");
      assertThatThrownBy(() -> cluster.rest().alterOffsets("from-offsets", wrong))
          .hasMessageContaining("TM-504");

      cluster.rest().alterOffsets("from-offsets", offsets(table, SHARDS, "{\"version\":0}"));
      cluster.rest().resume("from-offsets");
      Cluster.PATIENCE.await("all rows came again", () -> topic.count() == 200);

      stop("from-offsets");
      cluster.rest().resetOffsets("from-offsets");
      cluster.rest().resume("from-offsets");
      Cluster.PATIENCE.await("and once more", () -> topic.count() == 300);
      assertThat(topic.read().stream().map(CommittedTopic.Seen::id).distinct()).hasSize(100);

      cluster
          .rest()
          .put("from-offsets", cluster.source(table, "from-offsets", "table.shards", "8"));
      assertThat(cluster.awaitFailure("from-offsets")).contains("TM-501");
    }
    cluster.rest().delete("from-offsets");
  }

  @Test
  void readsManyTablesWhoeverEndsTransactionsAndHoweverManyTasksThereAre() throws IOException {
    Path base = cluster.fresh("many");
    List<String> names = List.of("many0", "many1", "many2");
    for (String name : names) {
      cluster.topics.create(name, 1);
      cluster.topics.create("from-" + name, 1);
    }
    Map<String, String> sink =
        cluster.sink(String.join(",", names), base, "table.base.path", base.toString());
    sink.remove("table.path");
    cluster.rest().put("to-many", sink);
    sendMany(names, 0, 100);
    putMany(base, names, "2", "poll");
    awaitMany(names, 100, 40);
    cluster.rest().pause("from-many");
    Cluster.PATIENCE.await("it pauses", () -> states("from-many").equals(Set.of("PAUSED")));
    sendMany(names, 100, 150);
    awaitMany(names, 100, 40);
    cluster.rest().resume("from-many");
    awaitMany(names, 150, 40);
    putMany(base, names, "5", "interval");
    sendMany(names, 150, 200);
    awaitMany(names, 200, 50);
    putMany(base, names, "1", "connector");
    sendMany(names, 200, 250);
    awaitMany(names, 250, 50);
    cluster.rest().delete("from-many");
    cluster.rest().delete("to-many");
  }

  private void putMany(Path base, List<String> names, String tasks, String boundary) {
    Map<String, String> config =
        cluster.source(
            base,
            "from-${table}",
            "table.paths",
            String.join(",", names.stream().map(name -> base.resolve(name).toString()).toList()),
            "tasks.max",
            tasks,
            "max.records.per.poll",
            "40",
            "transaction.boundary",
            boundary);
    config.remove("table.path");
    if (boundary.equals("interval")) {
      config.put("transaction.boundary.interval.ms", "500");
    }
    cluster.rest().put("from-many", config);
  }

  private void sendMany(List<String> names, long from, long to) {
    for (String name : names) {
      send(name, from, to);
    }
    for (String name : names) {
      cluster.awaitCommitted("to-many", name);
    }
  }

  /** Each topic has each row once, in transactions of so many at most. */
  private void awaitMany(List<String> names, long count, int largest) {
    for (String name : names) {
      try (CommittedTopic topic = new CommittedTopic(cluster, "from-" + name)) {
        awaitIds(topic, count);
        assertThat(CommittedTopic.transactions(topic.read()))
            .allSatisfy(transaction -> assertThat(transaction).hasSizeLessThanOrEqualTo(largest));
      }
    }
  }

  private Set<String> states(String connector) {
    Set<String> states = new HashSet<>();
    JsonNode status = cluster.rest().status(connector);
    states.add(status.at("/connector/state").asText());
    status.path("tasks").forEach(task -> states.add(task.path("state").asText()));
    return states;
  }

  private void stop(String connector) {
    cluster.rest().stop(connector);
    Cluster.PATIENCE.await(
        connector + " is stopped",
        () -> {
          JsonNode status = cluster.rest().status(connector);
          return status.at("/connector/state").asText().equals("STOPPED")
              && status.path("tasks").isEmpty();
        });
  }

  private static ObjectNode offsets(Path table, int shards, String offset) throws IOException {
    ObjectNode document = JSON.createObjectNode();
    ArrayNode offsets = document.putArray("offsets");
    for (int shard = 0; shard < shards; shard++) {
      ObjectNode entry = offsets.addObject();
      entry.putObject("partition").put("shard", table + " " + shard + "/" + SHARDS);
      entry.set("offset", JSON.readTree(offset));
    }
    return document;
  }

  @Test
  void streamsChangesThatSparkMakes() throws IOException {
    Path table = cluster.fresh("feed").resolve("table");
    String name = SparkJudge.name(table);
    SparkJudge spark = cluster.spark();
    spark.query(
        "CREATE TABLE "
            + name
            + " (id BIGINT, text STRING) USING delta TBLPROPERTIES"
            + " (delta.enableChangeDataFeed = true)");
    spark.query("INSERT INTO " + name + " VALUES (0, 'a'), (1, 'b'), (2, 'c')");
    cluster.topics.create("feed", 1);
    cluster.topics.create("plain", 1);
    cluster.topics.create("newest-orders", 1, Map.of("cleanup.policy", "compact"));
    cluster.rest().put("feed", cluster.source(table, "feed", "read.change.feed", "true"));
    cluster.rest().put("plain", cluster.source(table, "plain"));
    cluster
        .rest()
        .put(
            "newest-orders",
            cluster.source(
                table,
                "newest-orders",
                "read.change.feed",
                "true",
                "tombstones.on.delete",
                "true"));
    try (CommittedTopic feed = new CommittedTopic(cluster, "feed");
        CommittedTopic plain = new CommittedTopic(cluster, "plain")) {
      awaitIds(feed, 3);
      awaitIds(plain, 3);
      spark.query("OPTIMIZE " + name);
      spark.query("ALTER TABLE " + name + " ADD COLUMNS (country STRING)");
      spark.query("INSERT INTO " + name + " VALUES (3, 'd', 'DE')");
      awaitIds(plain, 4);
      spark.query("UPDATE " + name + " SET text = 'B' WHERE id = 1");
      spark.query("DELETE FROM " + name + " WHERE id = 2");
      Cluster.PATIENCE.await("the changes are committed", () -> feed.count() == 7);
      assertThat(feed.read())
          .extracting(
              seen ->
                  seen.change()
                      + " "
                      + seen.id()
                      + " "
                      + seen.value().path("text").asText()
                      + " "
                      + seen.value().path("country").asText("-"))
          .containsExactlyInAnyOrder(
              "insert 0 a -",
              "insert 1 b -",
              "insert 2 c -",
              "insert 3 d DE",
              "update_preimage 1 b -",
              "update_postimage 1 B -",
              "delete 2 c -");
      try (CommittedTopic latest = new CommittedTopic(cluster, "newest-orders")) {
        Cluster.PATIENCE.await("the tombstones are committed", () -> latest.count() == 7);
        Map<String, String> byKey = new TreeMap<>();
        for (CommittedTopic.Seen seen : latest.read()) {
          byKey.put(seen.key(), seen.value().isNull() ? "" : seen.value().path("text").asText());
        }
        assertThat(byKey).isEqualTo(Map.of("0", "a", "1", "B", "2", "", "3", "d"));
      }
      assertThat(cluster.awaitFailure("plain")).contains("TM-510").contains("UPDATE");
    }
    cluster.rest().delete("feed");
    cluster.rest().delete("newest-orders");
    cluster.rest().delete("plain");
  }
}
