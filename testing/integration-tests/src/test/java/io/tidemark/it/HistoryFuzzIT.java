package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.common.TidemarkException;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Histories of tables as chance makes them: rows inserted, updated, merged and deleted, columns
 * added, versions restored, files compacted, tables replaced, features on and off. What a consumer
 * keeps of the change feed, the last value of each key, is what Spark finds in the table.
 */
class HistoryFuzzIT {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryFuzzIT.class);
  private static final int TABLES = Integer.getInteger("tidemark.fuzz.tables", 6);
  private static final int STEPS = 6;

  private final Cluster cluster = Cluster.shared();
  private final long seed =
      Long.getLong("tidemark.fuzz.seed", ThreadLocalRandom.current().nextLong(1_000_000_000));

  /** A table in the making. */
  private final class History {

    private final Random random;
    private final String name;
    private final Path path;
    private final String sql;
    private final List<String> told = new ArrayList<>();
    private int ids;
    private int columns;
    private int versions;

    History(Path directory, int number) {
      random = new Random(seed + number);
      name = "history-" + seed + "-" + number;
      path = directory.resolve(name);
      sql = SparkJudge.name(path);
    }

    void make() {
      run("CREATE TABLE " + sql + definition());
      for (int step = 0; step < STEPS; step++) {
        step();
      }
    }

    private String definition() {
      columns = 0;
      return " (id BIGINT, v STRING, p STRING) USING delta"
          + (random.nextBoolean() ? " PARTITIONED BY (p)" : "")
          + " TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true', 'delta.enableDeletionVectors' = '"
          + random.nextBoolean()
          + "'"
          + (random.nextInt(3) == 0 ? ", 'delta.columnMapping.mode' = 'name'" : "")
          + (random.nextInt(4) == 0 ? ", 'delta.enableRowTracking' = 'true'" : "")
          + (random.nextInt(4) == 0 ? ", 'delta.enableInCommitTimestamps' = 'true'" : "")
          + ")";
    }

    private void step() {
      int part = 2 + random.nextInt(3);
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> insert();
        case 3 -> run("UPDATE " + sql + " SET v = concat(v, 'u') WHERE id % " + part + " = 0");
        case 4 -> run("UPDATE " + sql + " SET p = 'moved' WHERE id % " + part + " = 1");
        case 5 -> run("DELETE FROM " + sql + " WHERE id % " + (part + 1) + " = 2");
        case 6 -> merge();
        case 7 -> {
          run("ALTER TABLE " + sql + " ADD COLUMNS (c" + columns++ + " INT)");
          insert();
        }
        case 8 -> run("RESTORE TABLE " + sql + " TO VERSION AS OF " + random.nextInt(versions));
        case 9 -> run("OPTIMIZE " + sql);
        case 10 ->
            run(
                "ALTER TABLE "
                    + sql
                    + " SET TBLPROPERTIES ('delta.enableDeletionVectors' = '"
                    + random.nextBoolean()
                    + "')");
        default -> {
          run("CREATE OR REPLACE TABLE " + sql + definition());
          insert();
        }
      }
    }

    private void insert() {
      List<String> rows = new ArrayList<>();
      for (int row = random.nextInt(4); row >= 0; row--) {
        rows.add("(" + ids++ + ", 'v" + random.nextInt(9) + "', 'p" + random.nextInt(2) + "')");
      }
      run("INSERT INTO " + sql + " (id, v, p) VALUES " + String.join(", ", rows));
    }

    private void merge() {
      int from = random.nextInt(ids + 1);
      run(
          "MERGE INTO "
              + sql
              + " t USING (SELECT id, 'merged' AS v, 'pm' AS p FROM range("
              + from
              + ", "
              + (from + 3)
              + ")) s ON t.id = s.id WHEN MATCHED AND t.id % 2 = 0 THEN DELETE"
              + " WHEN MATCHED THEN UPDATE SET v = s.v"
              + " WHEN NOT MATCHED THEN INSERT (id, v, p) VALUES (s.id, s.v, s.p)");
      ids = Math.max(ids, from + 3);
    }

    private void run(String statement) {
      try {
        cluster.spark().query(statement);
        told.add(statement);
      } catch (TidemarkException e) {
        // Chance asks for what Spark refuses, such as another column mapping.
        told.add("refused: " + statement);
      }
      versions = versions();
    }

    private int versions() {
      try (Stream<Path> files = Files.list(path.resolve("_delta_log"))) {
        return (int) files.filter(file -> file.toString().endsWith(".json")).count();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Map<Long, String> rows() {
      return cluster.spark().query("SELECT id, v, p FROM " + sql).stream()
          .collect(
              Collectors.toMap(
                  row -> row.path("id").asLong(),
                  HistoryFuzzIT::text,
                  (a, b) -> a + b,
                  TreeMap::new));
    }
  }

  private static String text(JsonNode row) {
    return row.path("v").asText() + " in " + row.path("p").asText();
  }

  @Test
  void whatIsLeftOfTheChangeFeedIsTheTable() throws IOException {
    LOG.info("again with -Dtidemark.fuzz.seed={}", seed);
    Path directory = cluster.fresh("histories");
    List<History> histories = new ArrayList<>();
    for (int number = 0; number < TABLES; number++) {
      History history = new History(directory, number);
      history.make();
      histories.add(history);
      cluster.topics.create(history.name, 1);
    }
    Map<String, String> config =
        cluster.source(
            directory,
            "${table}",
            "read.change.feed",
            "true",
            "starting.version",
            "0",
            "tombstones.on.delete",
            "true");
    config.remove("table.path");
    config.put(
        "table.paths",
        histories.stream()
            .map(history -> history.path.toString())
            .collect(Collectors.joining(",")));
    cluster.rest().put("histories", config);
    for (History history : histories) {
      Map<Long, String> rows = history.rows();
      try (CommittedTopic topic = new CommittedTopic(cluster, history.name)) {
        try {
          Cluster.PATIENCE.await("the feed of " + history.name, () -> kept(topic).equals(rows));
        } catch (RuntimeException e) {
          throw new AssertionError(
              "seed %d: the feed has %s, the table %s after %s; %s"
                  .formatted(
                      seed,
                      kept(topic),
                      rows,
                      String.join("; ", history.told),
                      cluster.rest().status("histories")),
              e);
        }
      }
    }
    assertThat(cluster.rest().running("histories", 1)).isTrue();
    cluster.rest().delete("histories");
  }

  /** What compaction leaves: the last value of each key that has one. */
  private static Map<Long, String> kept(CommittedTopic topic) {
    Map<Long, String> kept = new TreeMap<>();
    for (CommittedTopic.Seen record : topic.read()) {
      long id = Long.parseLong(record.key());
      if (record.value().isNull()) {
        kept.remove(id);
      } else {
        kept.put(id, text(record.value()));
      }
    }
    return kept;
  }
}
