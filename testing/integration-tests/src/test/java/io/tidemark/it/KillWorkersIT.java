package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two workers, three tasks, {@code kill -9}: every record is in the table once. */
@Isolated("kills workers that all share")
class KillWorkersIT {

  private static final Logger LOG = LoggerFactory.getLogger(KillWorkersIT.class);
  private static final int PARTITIONS = 6;
  private static final int ROUNDS = 4;
  private static final int RECORDS_PER_ROUND = 30_000;

  private final Cluster cluster = Cluster.shared();

  @Test
  void landsEveryRecordOnceWhileWorkersAreKilledAndComeBack() throws IOException {
    Path table = cluster.fresh("killed").resolve("table");
    cluster.topics.create("killed", PARTITIONS);
    cluster
        .rest()
        .put(
            "killed",
            cluster.sink(
                "killed", table, "tasks.max", "3", "metadata.columns", "partition,offset"));
    long sent = 0;
    for (int round = 0; round < ROUNDS; round++) {
      sent = send(sent, RECORDS_PER_ROUND / 2);
      long version = versions(table);
      Cluster.PATIENCE.await("a batch is committed", () -> versions(table) > version);
      sent = send(sent, RECORDS_PER_ROUND / 2);
      ConnectWorker victim = cluster.workers.get(round % cluster.workers.size());
      victim.process().kill();
      sent = send(sent, RECORDS_PER_ROUND / 3);
      victim.start();
    }
    cluster.awaitCommitted("killed", "killed");

    String name = SparkJudge.name(table);
    JsonNode counts =
        cluster
            .spark()
            .query(
                "SELECT count(*) AS rows, count(DISTINCT id) AS ids, min(id) AS low, max(id) AS"
                    + " high, count(DISTINCT _kafka_partition, _kafka_offset) AS offsets FROM "
                    + name)
            .get(0);
    LOG.info(
        "records {}, kills {}, rows {}, distinct {}, versions {}, rejected segments {}",
        sent,
        ROUNDS,
        counts.path("rows"),
        counts.path("ids"),
        versions(table),
        rejectedSegments(table));
    assertThat(counts.path("rows").asLong()).isEqualTo(sent);
    assertThat(counts.path("ids").asLong()).isEqualTo(sent);
    assertThat(counts.path("offsets").asLong()).isEqualTo(sent);
    assertThat(counts.path("low").asLong()).isZero();
    assertThat(counts.path("high").asLong()).isEqualTo(sent - 1);
    assertOneVersionPerBatch(name);
    cluster.rest().delete("killed");
  }

  private void assertOneVersionPerBatch(String name) {
    List<String> batches =
        cluster.spark().query("DESCRIBE HISTORY " + name).stream()
            .filter(version -> version.path("operation").asText().equals("STREAMING UPDATE"))
            .map(version -> version.path("operationParameters").path("epochId").asText())
            .toList();
    assertThat(batches).isNotEmpty().doesNotHaveDuplicates();
  }

  private long send(long first, int count) {
    for (long id = first; id < first + count; id++) {
      cluster.records.send(
          "killed",
          (int) (id % PARTITIONS),
          null,
          "{\"id\":" + id + ",\"text\":\"record " + id + "\"}");
    }
    cluster.records.flush();
    return first + count;
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

  private static long rejectedSegments(Path table) throws IOException {
    long rejected = 0;
    try (Stream<Path> plans = Files.list(Path.of(table + "-checkpoint/batches"))) {
      for (Path plan : plans.toList()) {
        if (!Files.readString(plan).contains("\"rejected\":[]")) {
          rejected++;
        }
      }
    }
    return rejected;
  }
}
