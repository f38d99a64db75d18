package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.FreePorts;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a real worker tells of windows: dead letters, a line of progress per batch, and JMX. */
class WindowProgressIT {

  private static final String NAME = "window-progress";
  private static final String LETTERS = NAME + "-letters";
  private static final long MINUTE_MS = 60_000;
  private static final long START_MS = 1_790_000_000_000L / MINUTE_MS * MINUTE_MS;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Cluster cluster = Cluster.shared();

  /** Without any further record, the windows close that the largest event time has passed. */
  @Test
  void reportsLateRecordsClosesTheLastWindowsInSilenceAndTellsOfBoth() throws Exception {
    Path table = cluster.fresh(NAME).resolve("table");
    cluster.topics.create(NAME, 2);
    cluster.topics.create(LETTERS, 1);
    int port = FreePorts.any();
    try (ConnectWorker worker = cluster.lone(NAME, cluster.plugins(), "256m")) {
      worker.launch(WorkerFigures.options(port));
      worker.awaitReady();
      cluster.spark();
      worker.rest().put(NAME, sink(table));
      send(0, 0);
      send(1, 0);
      send(0, 10);
      send(1, 10);
      Cluster.PATIENCE.await("the first window is closed", () -> rows(table).size() == 1);
      cluster.awaitCommitted(worker.rest(), NAME, NAME);
      send(0, 1);
      cluster.awaitCommitted(worker.rest(), NAME, NAME);
      assertThat(cluster.topics.endOffsets(LETTERS).get(0)).as("dead letters").isEqualTo(1);
      // The second partition holds the watermark, until nothing comes any more.
      send(1, 10);
      send(0, 30);
      Cluster.PATIENCE.await(
          "a batch without a record closes the last window",
          () ->
              last(worker).path("numInputRows").asLong() == 0
                  && last(worker).at("/sink/numOutputRows").asLong() == 1);
      assertThat(rows(table)).containsExactly("0: 2", "10: 3");
      requireProgress(worker);
      requireFigures(port, worker);
      worker.rest().delete(NAME);
    }
  }

  private static void requireProgress(ConnectWorker worker) throws IOException {
    List<JsonNode> lines = progress(worker);
    long late = 0;
    long rows = 0;
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = lines.get(i);
      assertThat(line.path("id").asText()).isNotEmpty().isEqualTo(lines.get(0).path("id").asText());
      assertThat(line.path("batchId").asLong()).isEqualTo(i);
      assertThat(line.at("/durationMs/triggerExecution").asLong())
          .isEqualTo(
              line.at("/durationMs/queryPlanning").asLong()
                  + line.at("/durationMs/addBatch").asLong());
      assertThat(line.at("/sources/0/endOffset/" + NAME).isObject()).isTrue();
      JsonNode operator = line.at("/stateOperators/0");
      assertThat(operator.path("operatorName").asText()).isEqualTo("minutes");
      late += operator.path("numRowsDroppedByWatermark").asLong();
      rows += line.path("numInputRows").asLong();
      // The first batch may have nothing but where the partitions begin.
      assertThat(operator.path("memoryUsedBytes").asLong() > 0).isEqualTo(rows > 0);
      if (i > 0) {
        assertThat(line.at("/sources/0/startOffset"))
            .isEqualTo(lines.get(i - 1).at("/sources/0/endOffset"));
      }
    }
    assertThat(late).as("late records").isEqualTo(1);
    assertThat(rows).as("records").isEqualTo(7);
    JsonNode last = lines.get(lines.size() - 1);
    assertThat(last.at("/eventTime/watermark").asText())
        .isEqualTo(Instant.ofEpochMilli(START_MS + 30 * MINUTE_MS).toString());
    assertThat(last.at("/stateOperators/0/numRowsTotal").asLong()).as("open groups").isPositive();
    assertThat(updated(last)).as("silence").isZero();
    assertThat(lines.stream().mapToLong(WindowProgressIT::updated).sum()).isPositive();
  }

  private static long updated(JsonNode line) {
    return line.at("/stateOperators/0/numRowsUpdated").asLong();
  }

  /** The same under JMX. */
  private static void requireFigures(int port, ConnectWorker worker) throws Exception {
    JsonNode last = last(worker);
    try (WorkerFigures figures = new WorkerFigures(port)) {
      assertThat(figures.isReported(NAME)).as("the worker shows them, not the task").isTrue();
      assertThat(JSON.readTree((String) of(figures, "last-progress"))).isEqualTo(last);
      assertThat(of(figures, "batch-number")).isEqualTo(last.path("batchId").asDouble());
      assertThat(of(figures, "records-total")).isEqualTo(7.0);
      assertThat(of(figures, "committed-records-total")).isEqualTo(7.0);
      assertThat(of(figures, "rows-total")).isEqualTo(2.0);
      assertThat((Double) of(figures, "last-commit-age-seconds")).isBetween(0.0, 600.0);
      for (String zero :
          List.of(
              "waiting-segments",
              "lost-records-total",
              "rejected-records-total",
              "retries-total",
              "offset-audit-findings-total")) {
        assertThat(of(figures, zero)).as(zero).isEqualTo(0.0);
      }
      Cluster.PATIENCE.await("the lag is known", () -> of(figures, "lag-records").equals(0.0));
      assertThat(of(figures, "lag-seconds")).as("all is committed").isEqualTo(0.0);
      assertThat(of(figures, "retention-headroom-seconds")).isEqualTo(Double.NaN);
      assertThat(operator(figures, "watermark-timestamp-seconds"))
          .isEqualTo((START_MS + 30 * MINUTE_MS) / 1000.0);
      assertThat(operator(figures, "late-records-total")).isEqualTo(1);
      assertThat(operator(figures, "state-rows"))
          .isEqualTo(last.at("/stateOperators/0/numRowsTotal").asDouble());
      assertThat(operator(figures, "state-bytes"))
          .isEqualTo(last.at("/stateOperators/0/memoryUsedBytes").asDouble());
      // What else the rules for the exporter read.
      assertThat(figures.ofConnect("connect-worker-metrics", NAME, "connector-failed-task-count"))
          .isEqualTo(0.0);
      assertThat(
              figures.ofConnect(
                  "task-error-metrics", NAME + ",task=0", "deadletterqueue-produce-requests"))
          .isEqualTo(1.0);
    }
  }

  private static Object of(WorkerFigures figures, String metric) throws Exception {
    return figures.of(NAME, "tidemark-sink-" + metric);
  }

  private static double operator(WorkerFigures figures, String metric) throws Exception {
    return figures.of(NAME, "tidemark-sink-" + metric, "operator=minutes");
  }

  private static JsonNode last(ConnectWorker worker) throws IOException {
    List<JsonNode> lines = progress(worker);
    return lines.get(lines.size() - 1);
  }

  private static List<JsonNode> progress(ConnectWorker worker) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(worker.log())) {
      if (line.contains("{\"id\":\"")) {
        lines.add(JSON.readTree(line.substring(line.indexOf('{'))));
      }
    }
    return lines;
  }

  private void send(int partition, int minute) {
    cluster.records.send(
        NAME, partition, null, "{\"at\":%d}".formatted(START_MS + minute * MINUTE_MS));
    cluster.records.flush();
  }

  private List<String> rows(Path table) {
    List<String> rows = new ArrayList<>();
    if (versions(table) > 0) {
      for (JsonNode row :
          cluster
              .spark()
              .query(
                  "SELECT unix_millis(window.start) AS start, n FROM "
                      + SparkJudge.name(table)
                      + " ORDER BY start")) {
        long minute = (row.path("start").asLong() - START_MS) / MINUTE_MS;
        rows.add(minute + ": " + row.path("n").asLong());
      }
    }
    return rows;
  }

  private static long versions(Path table) {
    try (Stream<Path> files = Files.list(table.resolve("_delta_log"))) {
      return files.filter(file -> file.toString().endsWith(".json")).count();
    } catch (IOException notYet) {
      return 0;
    }
  }

  private Map<String, String> sink(Path table) {
    return cluster.sink(
        NAME,
        table,
        "errors.tolerance",
        "all",
        "errors.deadletterqueue.topic.name",
        LETTERS,
        "errors.deadletterqueue.topic.replication.factor",
        "1",
        "transforms",
        "minutes",
        "transforms.minutes.type",
        "WindowedAggregate",
        "transforms.minutes.event.time.field",
        "at",
        "transforms.minutes.watermark.delay.ms",
        "0",
        "transforms.minutes.watermark.idle.timeout.ms",
        "5000",
        "transforms.minutes.window.size.ms",
        String.valueOf(MINUTE_MS),
        "transforms.minutes.aggregates",
        "n=count(*)",
        "transforms.minutes.late.records",
        "report");
  }
}
