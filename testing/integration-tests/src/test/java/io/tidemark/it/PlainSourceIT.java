package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** The source in a worker without exactly-once support, and what it tells under JMX there. */
class PlainSourceIT {

  private static final String NAME = "plain-source";
  private static final String TOPIC = "from-plain";
  private static final int FILES = 6;
  private static final int ROWS = 100;

  private final Cluster cluster = Cluster.shared();
  private long sent;

  @Test
  void sendsAtLeastOnceAndSaysSoAndTellsHowFarItIs() throws Exception {
    Path table = cluster.fresh(NAME).resolve("table");
    cluster.topics.create("to-plain", 1);
    cluster.rest().put("to-plain", cluster.sink("to-plain", table, "commit.interval.ms", "200"));
    for (int file = 0; file < FILES; file++) {
      append();
    }
    int port = FreePorts.any();
    try (ConnectWorker worker = cluster.lone(NAME, cluster.plugins(), "256m", "disabled")) {
      worker.launch(WorkerFigures.options(port));
      worker.awaitReady();
      assertThatThrownBy(() -> worker.rest().put(NAME, cluster.source(table, TOPIC)))
          .hasMessageContaining("does not have exactly-once source support enabled");
      worker.rest().put(NAME, source(table));
      try (WorkerFigures figures = new WorkerFigures(port)) {
        requireLag(figures, table);
        cluster.topics.create(TOPIC, 1);
        requireNoLag(figures, table);
      }
      try (CommittedTopic topic = new CommittedTopic(cluster, TOPIC)) {
        awaitAll(topic);
        assertThat(topic.read()).as("nothing is doubled without a crash").hasSize((int) sent);
        assertThat(Files.readString(worker.log()))
            .contains("Records are sent at least once")
            .doesNotContain("exactly once, each table version in one transaction");
        append();
        worker.process().kill();
        worker.launch();
        append();
        awaitAll(topic);
      }
      worker.awaitReady();
      worker.rest().delete(NAME);
    }
    cluster.rest().delete("to-plain");
  }

  private Map<String, String> source(Path table) {
    Map<String, String> config = cluster.source(table, TOPIC, "max.files.per.poll", "1");
    config.remove("exactly.once.support");
    config.remove("transaction.boundary");
    return config;
  }

  private void append() {
    for (int row = 0; row < ROWS; row++, sent++) {
      cluster.records.send("to-plain", null, "{\"id\":" + sent + ",\"text\":\"row " + sent + "\"}");
    }
    cluster.records.flush();
    cluster.awaitCommitted("to-plain", "to-plain");
  }

  private void awaitAll(CommittedTopic topic) {
    Cluster.PATIENCE.await(
        "no row is missing",
        () ->
            topic.count() >= sent
                && topic.read().stream().mapToLong(CommittedTopic.Seen::id).distinct().count()
                    == sent);
    assertThat(topic.read().stream().map(CommittedTopic.Seen::id).distinct())
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, sent).boxed().toList());
  }

  /** While there is no topic to send the first file's rows to. */
  private void requireLag(WorkerFigures figures, Path table) throws Exception {
    Cluster.PATIENCE.await("the first file is read", () -> rows(figures) > 0);
    assertThat(rows(figures)).isLessThanOrEqualTo(ROWS);
    // A slow poll ends in the middle of the file, which is then still left.
    long files = dataFiles(table).size();
    long bytes = dataBytes(table);
    assertThat(lag(figures, table, "files")).isBetween((double) files - 1, (double) files);
    assertThat(lag(figures, table, "bytes"))
        .isBetween((double) bytes - of(figures, "bytes-total"), (double) bytes);
    assertThat(lag(figures, table, "versions")).isEqualTo(1);
    assertThat(lag(figures, table, "seconds")).isPositive();
    assertThat(of(figures, "files-total")).isEqualTo(1);
  }

  private void requireNoLag(WorkerFigures figures, Path table) throws Exception {
    Cluster.PATIENCE.await("everything is read", () -> lag(figures, table, "versions") == 0);
    for (String lag : List.of("files", "bytes", "seconds")) {
      assertThat(lag(figures, table, lag)).as(lag).isZero();
    }
    assertThat(of(figures, "losses-total")).isZero();
    assertThat(rows(figures)).isEqualTo(sent);
    assertThat(of(figures, "files-total")).isEqualTo(dataFiles(table).size());
    assertThat(of(figures, "bytes-total")).isEqualTo(dataBytes(table));
  }

  private static long rows(WorkerFigures figures) throws Exception {
    try {
      return of(figures, "records-total");
    } catch (javax.management.InstanceNotFoundException notYetStarted) {
      return 0;
    }
  }

  private static long of(WorkerFigures figures, String metric) throws Exception {
    return ((Double) figures.of(NAME, "tidemark-source-" + metric)).longValue();
  }

  private static double lag(WorkerFigures figures, Path table, String unit) throws Exception {
    return figures.of(
        NAME, "tidemark-source-lag-" + unit, "table=" + ObjectName.quote(table.toString()));
  }

  private static long dataBytes(Path table) throws IOException {
    long bytes = 0;
    for (Path file : dataFiles(table)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static List<Path> dataFiles(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      return files.filter(path -> path.toString().endsWith(".parquet")).toList();
    }
  }
}
