package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.FreePorts;
import io.tidemark.cluster.Patience;
import io.tidemark.faults.FaultKind;
import io.tidemark.faults.FaultyFileSystem;
import io.tidemark.faults.FaultyHdfs;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The real connector on storage that fails, lies about having failed, dawdles and tears files:
 * checkpoint, data files and Delta log, by the code path for HDFS. One connector finds its table
 * out of service for a long time, and one its checkpoint location: they continue by themselves.
 */
class FaultyStorageIT {

  private static final Logger LOG = LoggerFactory.getLogger(FaultyStorageIT.class);
  private static final String TOPIC = "faulty";
  private static final int PARTITIONS = 4;
  private static final int TASKS = 2;
  private static final int RECORDS_AT_ONCE = 400;
  private static final Duration HALF = Duration.ofSeconds(10);
  private static final Duration OUTAGE =
      Duration.parse(System.getProperty("tidemark.outage", "PT20S"));
  private static final long SEED = Long.getLong("tidemark.faults.seed", System.nanoTime());

  /** Name of a connector, and the share of its calls that are to fail. */
  private static final Map<String, Double> RATES =
      new TreeMap<>(Map.of("seldom", 0.005, "often", 0.02, "always", 0.1));

  /** Connectors whose storage works but for one long time, and what is out of service then. */
  private static final Map<String, String> OUT =
      new TreeMap<>(
          Map.of("no-table", "/_delta_log", "no-checkpoint", "/no-checkpoint-checkpoint"));

  private static final int UNCOMMITTED = 5;

  private static final Set<String> KINDS =
      Arrays.stream(FaultKind.values())
          .map(FaultKind::name)
          .collect(Collectors.toCollection(TreeSet::new));

  private final Cluster cluster = Cluster.shared();
  private long sent;

  @Test
  void landsEveryRecordOnceOnStorageThatFails() throws Exception {
    LOG.info("-Dtidemark.faults.seed={}", SEED);
    Path directory = cluster.fresh(TOPIC);
    cluster.topics.create(TOPIC, PARTITIONS);
    int port = FreePorts.any();
    try (ConnectWorker worker = cluster.lone(TOPIC, plugins(directory), "512m")) {
      worker.start();
      for (String name : names()) {
        worker.rest().put(name, sink(name, directory));
      }
      sendFor(HALF);
      sendUntil("every kind of fault has struck", () -> struck(directory).equals(KINDS));
      worker.process().kill();
      worker.launch(WorkerFigures.options(port));
      worker.awaitReady();
      // The tasks of the new worker have opened the table when they have written to it.
      sendFor(Duration.ofSeconds(1));
      for (String name : OUT.keySet()) {
        cluster.awaitCommitted(worker.rest(), name, TOPIC);
      }
      endure(port, directory);
      for (String name : names()) {
        cluster.awaitCommitted(worker.rest(), name, TOPIC);
        judge(directory.resolve(name));
        assertThat(worker.rest().running(name, TASKS)).as(name).isTrue();
        worker.rest().delete(name);
      }
    }
  }

  /** The kinds of faults that any storage has had so far. */
  private static Set<String> struck(Path directory) throws IOException {
    Set<String> struck = new TreeSet<>();
    for (String name : RATES.keySet()) {
      struck.addAll(faults(log(directory, name)).keySet());
    }
    return struck;
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(RATES.keySet());
    names.addAll(OUT.keySet());
    return names;
  }

  /** Sends records while storage is out of service, to the end of that. */
  private void endure(int port, Path directory) throws Exception {
    try (WorkerFigures figures = new WorkerFigures(port)) {
      long heapBefore = figures.heapInUse();
      for (Map.Entry<String, String> out : OUT.entrySet()) {
        Files.writeString(outage(directory, out.getKey()), out.getValue());
      }
      long sentBefore = sent;
      sendUntil("each task waits for the table", () -> haveSealed(directory, UNCOMMITTED));
      sendUntil("each task misses the checkpoint location", () -> haveFailed(directory));
      sendFor(OUTAGE);
      int waiting = waitingSegments(directory.resolve("no-table-checkpoint"), "");
      LOG.info(
          "-Dtidemark.outage={}: {} records meanwhile, {} segments wait for the table, {} MB of the"
              + " heap in use, {} before",
          OUTAGE,
          sent - sentBefore,
          waiting,
          figures.heapInUse() >> 20,
          heapBefore >> 20);
      assertThat(waiting).isLessThanOrEqualTo(TASKS * (UNCOMMITTED + 1));
      assertThat(waitingSegments(directory.resolve("no-checkpoint-checkpoint"), ""))
          .isLessThanOrEqualTo(TASKS * (UNCOMMITTED + 1));
    }
    for (String name : OUT.keySet()) {
      Files.delete(outage(directory, name));
    }
  }

  /** Where a file ends the service of a connector's storage while it is there. */
  private static Path outage(Path directory, String name) {
    return directory.resolve(name + "-is-out");
  }

  /** Whether at least this many segments of each task wait for the table. */
  private static boolean haveSealed(Path directory, int segments) throws IOException {
    for (int task = 0; task < TASKS; task++) {
      String name = String.format(Locale.ROOT, "%05d-", task);
      if (waitingSegments(directory.resolve("no-table-checkpoint"), name) < segments) {
        return false;
      }
    }
    return true;
  }

  /** Whether the thread of each task has come upon the missing checkpoint location. */
  private static boolean haveFailed(Path directory) throws IOException {
    Path log = log(directory, "no-checkpoint");
    String faults = Files.exists(log) ? Files.readString(log) : "";
    return IntStream.range(0, TASKS)
        .allMatch(task -> faults.contains("task-thread-no-checkpoint-" + task + " "));
  }

  /** Segments of tasks whose names begin so. */
  private static int waitingSegments(Path checkpoint, String prefix) throws IOException {
    try (Stream<Path> segments = Files.list(checkpoint.resolve("segments"))) {
      return (int)
          segments
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.startsWith(".") && name.startsWith(prefix))
              .count();
    }
  }

  /** The plugin as it is shipped, and the file system among its jars. */
  private Path plugins(Path directory) throws IOException {
    Path jars = Files.createDirectories(directory.resolve("plugins/faulty"));
    try (Stream<Path> shipped = Files.walk(cluster.plugins())) {
      for (Path jar : shipped.filter(file -> file.toString().endsWith(".jar")).toList()) {
        Files.createLink(jars.resolve(jar.getFileName()), jar);
      }
    }
    Path faults = Path.of(System.getProperty("tidemark.faults.jar"));
    Files.copy(faults, jars.resolve(faults.getFileName()));
    return directory.resolve("plugins");
  }

  /** Each connector has an authority of its own, and by that faults of its own. */
  private Map<String, String> sink(String name, Path directory) {
    Path table = directory.resolve(name);
    Map<String, String> config =
        cluster.sink(
            TOPIC,
            table,
            "table.path",
            "hdfs://" + name + table,
            "checkpoint.location",
            "hdfs://" + name + table + "-checkpoint",
            "tasks.max",
            String.valueOf(TASKS),
            "commit.interval.ms",
            "400",
            "metadata.columns",
            "partition,offset",
            "table.properties.delta.checkpointInterval",
            "3");
    config.put("hadoop.fs.hdfs.impl", FaultyFileSystem.class.getName());
    config.put("hadoop.fs.AbstractFileSystem.hdfs.impl", FaultyHdfs.class.getName());
    config.put("hadoop.fs.faulty.seed", String.valueOf(SEED + name.hashCode()));
    config.put("hadoop.fs.faulty.rate", String.valueOf(RATES.getOrDefault(name, 0.0)));
    config.put("max.uncommitted.batches", String.valueOf(UNCOMMITTED));
    if (OUT.containsKey(name)) {
      config.put("hadoop.fs.faulty.outage", outage(directory, name).toString());
    } else {
      // Pauses grow with each failure in a row, so a test cannot bear many; but no fewer than the
      // storage has in a row.
      config.put("task.max.failures", "8");
    }
    config.put("hadoop.fs.faulty.log", log(directory, name).toString());
    return config;
  }

  private void sendFor(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    sendUntil("the records are sent", duration, () -> System.nanoTime() > end);
  }

  private void sendUntil(String what, Callable<Boolean> condition) {
    sendUntil(what, Duration.ZERO, condition);
  }

  private void sendUntil(String what, Duration atLeast, Callable<Boolean> condition) {
    new Patience(Cluster.PATIENCE.limit().plus(atLeast), Duration.ofMillis(200))
        .await(
            what,
            () -> {
              for (int i = 0; i < RECORDS_AT_ONCE; i++, sent++) {
                int partition = (int) (sent % PARTITIONS);
                cluster.records.send(TOPIC, partition, null, "{\"id\":" + sent + "}");
              }
              cluster.records.flush();
              return condition.call();
            });
  }

  private void judge(Path table) throws IOException {
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
    String name = table.getFileName().toString();
    LOG.info(
        "{}: records {}, table {}, batches {}, faults {}",
        name,
        sent,
        counts,
        batches.size(),
        faults(log(table.getParent(), name)));
    assertThat(counts.path("rows").asLong()).as(name).isEqualTo(sent);
    assertThat(counts.path("ids").asLong()).as(name).isEqualTo(sent);
    assertThat(counts.path("offsets").asLong()).as(name).isEqualTo(sent);
    assertThat(counts.path("high").asLong()).as(name).isEqualTo(sent - 1);
    assertThat(batches).as(name).isNotEmpty().doesNotHaveDuplicates();
  }

  private static Path log(Path directory, String name) {
    return directory.resolve(name + "-faults.log");
  }

  /** How often each kind of fault struck; the kind stands after the thread's name. */
  private static Map<String, Long> faults(Path log) throws IOException {
    if (!Files.exists(log)) {
      return Map.of();
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .map(line -> line.split(" "))
          .collect(
              Collectors.groupingBy(
                  words -> words[words.length - 3], TreeMap::new, Collectors.counting()));
    }
  }
}
