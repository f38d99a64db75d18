package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cluster.CodeSource;
import io.tidemark.cluster.ConnectRest;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.PluginZip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.file.FileStreamSinkConnector;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Windowed aggregates in front of Kafka's own file sink, which knows nothing of them. */
class UpdateModeIT {

  private static final Logger LOG = LoggerFactory.getLogger(UpdateModeIT.class);
  private static final int PARTITIONS = 3;
  private static final int ORDERS = 6_000;
  private static final long MINUTE_MS = 60_000;
  private static final long WINDOW_MS = 5 * MINUTE_MS;
  private static final long DELAY_MS = 4 * MINUTE_MS;
  private static final Pattern ROW =
      Pattern.compile(
          "\\{window=\\{start=(\\d+), end=(\\d+)}, product=(\\w+), total=(-?\\d+), n=(\\d+)}");

  private final Cluster cluster = Cluster.shared();
  private final Random random = new Random(20261126);
  private final long startMs =
      (System.currentTimeMillis() - 24 * 60 * MINUTE_MS) / WINDOW_MS * WINDOW_MS;

  /** Window and product to sum and number of orders. */
  private final Map<String, long[]> expected = new TreeMap<>();

  private final long[] maxMs = new long[PARTITIONS];
  private int sent;
  private int late;

  /** A part of the records is broken, and tolerated: it neither counts nor looks like a loss. */
  @Test
  void theLastRowOfEachGroupIsRightThoughTheWorkerIsKilled() throws IOException {
    String name = "update-mode";
    Path directory = cluster.fresh(name);
    Path file = directory.resolve("rows.txt");
    cluster.topics.create(name, PARTITIONS);
    Map<String, String> config = sink(name, file, directory.resolve("state"));
    try (ConnectWorker worker = worker(name, directory)) {
      worker.launch();
      worker.awaitReady();
      worker.rest().put(name, config);
      for (int part = 1; part <= 3; part++) {
        sendUntil(name, ORDERS * part / 4);
        int rows = rows(file).size();
        Cluster.PATIENCE.await("more rows come", () -> rows(file).size() > rows);
        worker.process().kill();
        LOG.info("killed the worker after {} orders, {} rows", sent, rows(file).size());
        worker.launch();
      }
      sendUntil(name, ORDERS);
      worker.awaitReady();
      cluster.awaitCommitted(worker.rest(), name, name);
      worker.rest().delete(name);
    }
    Map<String, String> last = new TreeMap<>();
    rows(file).forEach(row -> last.put(row.get(0), row.get(1)));
    Map<String, String> wanted = new TreeMap<>();
    expected.forEach((group, sums) -> wanted.put(group, sums[0] + " " + sums[1]));
    LOG.info("{} orders, {} late, {} rows, {} groups", sent, late, rows(file).size(), last.size());
    assertThat(late).isPositive();
    assertThat(last).isEqualTo(wanted);
  }

  @Test
  void aTaskFailsWithoutItsStateAlthoughErrorsAreTolerated() throws IOException {
    String name = "update-mode-without-state";
    Path directory = cluster.fresh(name);
    Path noDirectory = Files.createFile(directory.resolve("state"));
    Path file = directory.resolve("rows.txt");
    cluster.topics.create(name, 1);
    try (ConnectWorker worker = worker(name, directory)) {
      worker.launch();
      worker.awaitReady();
      cluster.records.send(name, 0, null, order(startMs, "apple", 1));
      cluster.records.flush();
      Map<String, String> config = sink(name, file, noDirectory);
      config.put("tasks.max", "1");
      worker.rest().put(name, config);
      assertThat(awaitFailure(worker.rest(), name)).contains("TM-451 Cannot open the state in ");
      assertThat(rows(file)).isEmpty();
      assertThat(cluster.topics.committed("connect-" + name, name)).doesNotContainKey(0);

      Files.delete(noDirectory);
      worker.rest().restartTask(name, 0);
      Cluster.PATIENCE.await("the task runs again", () -> worker.rest().running(name, 1));
      cluster.awaitCommitted(worker.rest(), name, name);
      assertThat(rows(file)).containsExactly(List.of(startMs + " apple", "1 1"));

      worker.rest().delete(name);

      String append = name + "-append";
      config.put("transforms.revenue.output.mode", "append");
      config.keySet().removeIf(key -> key.startsWith("transforms.revenue.state."));
      worker.rest().put(append, config);
      assertThat(awaitFailure(worker.rest(), append)).contains("TM-461 ");
      worker.rest().delete(append);
    }
  }

  private ConnectWorker worker(String name, Path directory) throws IOException {
    Path plugins = Files.createDirectories(directory.resolve("plugins"));
    PluginZip.unpack(Path.of(System.getProperty("tidemark.plugin.zip")), plugins);
    Path jar = CodeSource.of(FileStreamSinkConnector.class);
    Files.copy(
        jar, Files.createDirectories(plugins.resolve("connect-file")).resolve(jar.getFileName()));
    return cluster.lone(name, plugins, "384m");
  }

  private static Map<String, String> sink(String topic, Path file, Path state) {
    Map<String, String> config = new TreeMap<>();
    config.put("connector.class", FileStreamSinkConnector.class.getName());
    config.put("topics", topic);
    config.put("file", file.toString());
    config.put("tasks.max", "2");
    config.put("errors.tolerance", "all");
    config.put("consumer.override.session.timeout.ms", "3000");
    config.put("consumer.override.heartbeat.interval.ms", "500");
    config.put("transforms", "revenue");
    config.put("transforms.revenue.type", "io.tidemark.transforms.WindowedAggregate");
    config.put("transforms.revenue.output.mode", "update");
    config.put("transforms.revenue.state.dir", state.toString());
    config.put("transforms.revenue.state.gap.max.offsets", "3");
    config.put("transforms.revenue.event.time.field", "event_time");
    config.put("transforms.revenue.watermark.delay.ms", String.valueOf(DELAY_MS));
    config.put("transforms.revenue.window.size.ms", String.valueOf(WINDOW_MS));
    config.put("transforms.revenue.group.by", "product");
    config.put("transforms.revenue.aggregates", "total=sum(amount), n=count(*)");
    return config;
  }

  private static String awaitFailure(ConnectRest rest, String name) {
    List<String> traces = new ArrayList<>();
    Cluster.PATIENCE.await(
        name + " fails",
        () -> {
          for (JsonNode task : rest.status(name).path("tasks")) {
            if (task.path("state").asText().equals("FAILED")) {
              traces.add(task.path("trace").asText());
            }
          }
          return !traces.isEmpty();
        });
    return traces.get(0);
  }

  /** Orders up to twelve minutes late, each product in a partition of its own. */
  private void sendUntil(String topic, int count) {
    for (; sent < count; sent++) {
      int partition = random.nextInt(PARTITIONS);
      if (sent % 97 == 0) {
        cluster.records.send(topic, partition, null, "no json");
      } else if (sent % 89 == 0) {
        cluster.records.send(topic, partition, null, "{\"event_time\":true,\"amount\":1}");
      } else {
        long eventMs = startMs + sent * 1_000L - random.nextInt((int) (12 * MINUTE_MS));
        String product = "product" + (partition + PARTITIONS * random.nextInt(2));
        int amount = random.nextInt(1_000) - 500;
        cluster.records.send(topic, partition, null, order(eventMs, product, amount));
        count(partition, eventMs, product, amount);
      }
    }
    cluster.records.flush();
  }

  private void count(int partition, long eventMs, String product, int amount) {
    long window = eventMs / WINDOW_MS * WINDOW_MS;
    if (window + WINDOW_MS <= maxMs[partition] - DELAY_MS) {
      late++;
      return;
    }
    maxMs[partition] = Math.max(maxMs[partition], eventMs);
    long[] sums = expected.computeIfAbsent(window + " " + product, absent -> new long[2]);
    sums[0] += amount;
    sums[1]++;
  }

  private static String order(long eventMs, String product, int amount) {
    return "{\"event_time\":%d,\"product\":\"%s\",\"amount\":%d}"
        .formatted(eventMs, product, amount);
  }

  /** Group and results of each row in the file; a row that a death has cut short is none. */
  private static List<List<String>> rows(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    if (Files.exists(file)) {
      Matcher matcher = ROW.matcher(Files.readString(file));
      while (matcher.find()) {
        rows.add(
            List.of(
                matcher.group(1) + " " + matcher.group(3),
                matcher.group(4) + " " + matcher.group(5)));
      }
    }
    return rows;
  }
}
