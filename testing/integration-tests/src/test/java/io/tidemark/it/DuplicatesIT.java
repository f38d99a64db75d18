package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer that sends every event twice or three times, to other partitions and to the same one,
 * and workers that are killed: every event is in the table once.
 */
@Isolated("kills workers that all share")
class DuplicatesIT {

  private static final Logger LOG = LoggerFactory.getLogger(DuplicatesIT.class);
  private static final String NAME = "duplicates";
  private static final int PARTITIONS = 4;
  private static final int ROUNDS = 3;
  private static final int EVENTS_PER_ROUND = 20_000;

  /** How many events lie between an event and its repetition. */
  private static final int APART = 4_000;

  private static final long START_MS = 1_790_000_000_000L;

  private final Cluster cluster = Cluster.shared();

  @Test
  void everyEventIsInTheTableOnceWhileWorkersAreKilled() throws IOException {
    Path table = cluster.fresh(NAME).resolve("table");
    cluster.topics.create(NAME, PARTITIONS);
    cluster
        .rest()
        .put(
            NAME,
            cluster.sink(
                NAME,
                table,
                "tasks.max",
                "2",
                "transforms",
                "once",
                "transforms.once.type",
                "io.tidemark.transforms.DropDuplicates",
                "transforms.once.keys",
                "id",
                "transforms.once.event.time.field",
                "at",
                "transforms.once.watermark.delay.ms",
                "3600000"));
    long sent = 0;
    for (int round = 0; round < ROUNDS; round++) {
      sent = send(sent, EVENTS_PER_ROUND / 2);
      long version = versions(table);
      Cluster.PATIENCE.await("a batch is committed", () -> versions(table) > version);
      sent = send(sent, EVENTS_PER_ROUND / 4);
      ConnectWorker victim = cluster.workers.get(round % cluster.workers.size());
      victim.process().kill();
      sent = send(sent, EVENTS_PER_ROUND / 4);
      victim.start();
    }
    cluster.awaitCommitted(NAME, NAME);

    JsonNode counts =
        cluster
            .spark()
            .query(
                "SELECT count(*) AS rows, count(DISTINCT id) AS ids, max(id) AS high FROM "
                    + SparkJudge.name(table))
            .get(0);
    LOG.info("events {}, kills {}, {}, versions {}", sent, ROUNDS, counts, versions(table));
    assertThat(counts.path("rows").asLong()).isEqualTo(sent);
    assertThat(counts.path("ids").asLong()).isEqualTo(sent);
    assertThat(counts.path("high").asLong()).isEqualTo(sent - 1);
    assertThat(isAnyReplaced(table)).as("a file was replaced").isTrue();
    cluster.rest().delete(NAME);
  }

  private long send(long first, int count) {
    for (long id = first; id < first + count; id++) {
      event(id, (int) (id % PARTITIONS));
      if (id % 3 == 0) {
        event(id, (int) (id % PARTITIONS));
      }
      if (id >= APART) {
        event(id - APART, (int) ((id + 1) % PARTITIONS));
      }
    }
    cluster.records.flush();
    return first + count;
  }

  private void event(long id, int partition) {
    cluster.records.send(
        NAME, partition, null, "{\"id\":" + id + ",\"at\":" + (START_MS + id) + "}");
  }

  private static long versions(Path table) throws IOException {
    Path log = table.resolve("_delta_log");
    if (!Files.exists(log)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(log)) {
      return files.filter(file -> file.toString().endsWith(".json")).count();
    }
  }

  private static boolean isAnyReplaced(Path table) throws IOException {
    try (Stream<Path> plans = Files.list(Path.of(table + "-checkpoint/batches"))) {
      for (Path plan : plans.toList()) {
        if (Files.readString(plan).contains("\"replaced\":")) {
          return true;
        }
      }
    }
    return false;
  }
}
