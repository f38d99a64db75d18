package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.faults.KillPoint;
import io.tidemark.faults.KillPoint.Moment;
import io.tidemark.faults.ProtocolStep;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Path;
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
    Map<String, String> config =
        DyingWorker.sink(
            cluster,
            NAME,
            table,
            "metadata.columns",
            "partition,offset",
            "table.properties.delta.checkpointInterval",
            "2");
    try (DyingWorker worker = new DyingWorker(cluster, NAME, this::send)) {
      // A new connector takes the first steps once, so they come first and each dies of its own.
      for (ProtocolStep step : ProtocolStep.values()) {
        if (!ProtocolStep.ofWindows().contains(step)) {
          for (Moment moment : Moment.values()) {
            worker.dieAt(new KillPoint(step, moment, 1), config);
          }
        }
      }
      worker.live();
      worker.rest().delete(NAME);
    }
    judge(table);
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
