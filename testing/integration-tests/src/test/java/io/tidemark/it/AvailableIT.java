package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code run.until=available}: a run reads what is there, and the next one what came since. */
class AvailableIT {

  private static final String TOPIC = "available";
  private static final String ALL = "available-all";
  private static final int PARTITIONS = 3;

  private final Cluster cluster = Cluster.shared();
  private int sent;

  @Test
  void eachRunReadsWhatThereIsWhenItStarts() throws IOException {
    Path table = cluster.fresh(TOPIC).resolve("table");
    cluster.topics.create(TOPIC, PARTITIONS);
    send(1_000);
    cluster
        .rest()
        .put(TOPIC, cluster.sink(TOPIC, table, "tasks.max", "2", "run.until", "available"));
    cluster.awaitCommitted(TOPIC, TOPIC);
    send(500);

    // What another connector has read and committed, this one has had time to read.
    Path all = cluster.fresh(ALL).resolve("table");
    cluster.rest().put(ALL, cluster.sink(TOPIC, all, "tasks.max", "1"));
    cluster.awaitCommitted(ALL, TOPIC);
    assertThat(rows(all)).isEqualTo(1_500);
    assertThat(rows(table)).isEqualTo(1_000);
    assertThat(cluster.rest().running(TOPIC, 2)).isTrue();

    cluster.stop(TOPIC);
    cluster.rest().resume(TOPIC);
    cluster.awaitCommitted(TOPIC, TOPIC);
    assertThat(rows(table)).isEqualTo(1_500);
    cluster.rest().delete(ALL);
    cluster.rest().delete(TOPIC);
  }

  private void send(int records) {
    for (int i = 0; i < records; i++, sent++) {
      cluster.records.send(TOPIC, sent % PARTITIONS, null, "{\"id\":" + sent + "}");
    }
    cluster.records.flush();
  }

  private long rows(Path table) {
    return cluster
        .spark()
        .query("SELECT count(DISTINCT id) AS ids FROM " + SparkJudge.name(table))
        .get(0)
        .path("ids")
        .asLong();
  }
}
