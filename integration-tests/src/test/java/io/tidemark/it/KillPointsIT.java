package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.Patience;
import io.tidemark.faults.KillPoint;
import io.tidemark.faults.KillPoint.Moment;
import io.tidemark.faults.KillSwitch;
import io.tidemark.faults.ProtocolStep;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real worker dies right before and right after every step of the protocol, one after another.
 */
class KillPointsIT {

  private static final Logger LOG = LoggerFactory.getLogger(KillPointsIT.class);
  private static final String NAME = "kill-points";
  private static final int PARTITIONS = 2;
  private static final int RECORDS_AT_ONCE = 50;

  private final Cluster cluster = Cluster.shared();
  private long sent;

  @Test
  void landsEveryRecordOnceWhereverTheWorkerDies() throws IOException {
    Path table = cluster.fresh(NAME).resolve("table");
    cluster.topics.create(NAME, PARTITIONS);
    try (ConnectWorker worker = cluster.lone(NAME, cluster.plugins(), "256m")) {
      for (KillPoint point : points()) {
        dieAt(point, worker, table);
      }
      worker.start();
      send();
      cluster.awaitCommitted(worker.rest(), NAME, NAME);
      worker.rest().delete(NAME);
    }
    judge(table);
  }

  /** A new connector takes the first steps once, so they come first and each dies of its own. */
  private static List<KillPoint> points() {
    List<KillPoint> points = new ArrayList<>();
    for (ProtocolStep step : ProtocolStep.values()) {
      for (Moment moment : Moment.values()) {
        points.add(new KillPoint(step, moment, 1));
      }
    }
    return points;
  }

  private void dieAt(KillPoint point, ConnectWorker worker, Path table) throws IOException {
    long startNanos = System.nanoTime();
    boolean first = sent == 0;
    worker.launch("-javaagent:" + System.getProperty("tidemark.faults.jar") + "=" + point);
    send();
    if (first) {
      worker.awaitReady();
      worker.rest().put(NAME, sink(table));
    }
    // Records go on coming, so that every start has a batch to begin with and another behind it.
    new Patience(Cluster.PATIENCE.limit(), Duration.ofMillis(300))
        .await(
            "the worker dies at " + point,
            () -> {
              send();
              return !worker.process().alive();
            });
    int exitCode = worker.process().exitCode(Duration.ofSeconds(1));
    LOG.info(
        "{}: exit code {} after {} ms, {} records sent",
        point,
        exitCode,
        Duration.ofNanos(System.nanoTime() - startNanos).toMillis(),
        sent);
    assertThat(exitCode).isEqualTo(KillSwitch.EXIT_CODE);
    assertThat(Files.readAllLines(worker.log()))
        .filteredOn(KillSwitch.lastWords(point)::equals)
        .hasSize(1);
  }

  private Map<String, String> sink(Path table) {
    return cluster.sink(
        NAME,
        table,
        "commit.interval.ms",
        "300",
        "metadata.columns",
        "partition,offset",
        "table.properties.delta.checkpointInterval",
        "2",
        "consumer.override.session.timeout.ms",
        "3000",
        "consumer.override.heartbeat.interval.ms",
        "500",
        // The next start takes the dead one's place in the group instead of waiting for its end.
        "consumer.override.group.instance.id",
        NAME);
  }

  private void send() {
    for (int i = 0; i < RECORDS_AT_ONCE; i++, sent++) {
      cluster.records.send(NAME, (int) (sent % PARTITIONS), null, "{\"id\":" + sent + "}");
    }
    cluster.records.flush();
  }

  private void judge(Path table) {
    JsonNode counts =
        cluster
            .spark()
            .query(
                "SELECT count(*) AS rows, count(DISTINCT id) AS ids, count(DISTINCT"
                    + " _kafka_partition, _kafka_offset) AS offsets, max(id) AS high FROM "
                    + SparkJudge.name(table))
            .get(0);
    List<String> batches =
        cluster.spark().history(table).stream()
            .filter(version -> version.path("operation").asText().equals("STREAMING UPDATE"))
            .map(version -> version.path("operationParameters").path("epochId").asText())
            .toList();
    LOG.info("records {}, table {}, batches {}", sent, counts, batches.size());
    assertThat(counts.path("rows").asLong()).isEqualTo(sent);
    assertThat(counts.path("ids").asLong()).isEqualTo(sent);
    assertThat(counts.path("offsets").asLong()).isEqualTo(sent);
    assertThat(counts.path("high").asLong()).isEqualTo(sent - 1);
    assertThat(batches).isNotEmpty().doesNotHaveDuplicates();
  }
}
