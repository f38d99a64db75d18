package io.tidemark.benchmarks;

import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.KafkaBroker;
import io.tidemark.cluster.Patience;
import io.tidemark.cluster.PluginZip;
import io.tidemark.cluster.Records;
import io.tidemark.cluster.Topics;
import io.tidemark.cluster.WorkerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long a task takes to continue after {@code kill -9} of a real worker with this many open
 * groups, built by that many batches, and how long closing them all takes. Times are those of the
 * worker's log: from the assignment of the partitions, which comes when Kafka has given the dead
 * consumer up, to what the task resumes from; and the planning of two batches, the first one after
 * the restart and the one that closes everything.
 *
 * <pre>
 *   RestoreBenchmark DIRECTORY PLUGIN_ZIP GROUPS BATCHES
 * </pre>
 */
public final class RestoreBenchmark {

  private static final Patience PATIENCE = Patience.ofSeconds(600);
  private static final String NAME = "restore";
  private static final int PARTITIONS = 4;
  private static final long HOUR_MS = 3_600_000;
  private static final long START_MS = 1_790_000_000_000L / HOUR_MS * HOUR_MS;
  private static final Pattern TIMED =
      Pattern.compile("^(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d),(\\d{3}) ");
  private static final Pattern PLANNING = Pattern.compile("\"queryPlanning\":(\\d+)");
  private static final Pattern ADDING = Pattern.compile("\"addBatch\":(\\d+)");

  private final Path directory;
  private final Path zip;
  private final int groups;
  private final int batches;

  private RestoreBenchmark(Path directory, Path zip, int groups, int batches) {
    this.directory = directory;
    this.zip = zip;
    this.groups = groups;
    this.batches = batches;
  }

  /** Prints one line. */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory(Path.of(args[0]), "restore-");
    new RestoreBenchmark(
            directory, Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]))
        .run();
  }

  private void run() throws IOException {
    Path plugins = directory.resolve("plugins");
    PluginZip.unpack(zip, plugins);
    try (KafkaBroker broker = new KafkaBroker(directory.resolve("broker"))) {
      broker.start();
      WorkerConfig config = new WorkerConfig(broker.bootstrapServers(), "workers", plugins);
      try (ConnectWorker worker = new ConnectWorker(directory.resolve("worker"), config);
          Topics topics = new Topics(broker.bootstrapServers());
          Records records = new Records(broker.bootstrapServers())) {
        worker.start();
        topics.create(NAME, PARTITIONS);
        worker.rest().put(NAME, connector());
        build(topics, records);
        long before = lastBatch();
        worker.process().kill();
        int line = lines(worker).size();
        worker.launch();
        worker.awaitReady();
        PATIENCE.await("the task resumes", () -> first(worker, line, "resuming from").isPresent());
        send(records, START_MS, "one more");
        PATIENCE.await("a batch is committed", () -> lastBatch() > before);
        for (int partition = 0; partition < PARTITIONS; partition++) {
          records.send(NAME, partition, null, value(START_MS + 2 * HOUR_MS, "end"));
        }
        records.flush();
        PATIENCE.await("all windows are closed", () -> closed(worker, line));
        report(worker, line, before);
      }
    }
  }

  private void build(Topics topics, Records records) throws IOException {
    int perBatch = groups / batches;
    for (int batch = 0; batch < batches; batch++) {
      long before = lastBatch();
      for (int i = 0; i < perBatch; i++) {
        send(records, START_MS + i % 1000, "user-" + (10_000_000 + batch * perBatch + i));
      }
      records.flush();
      PATIENCE.await("a batch is committed", () -> lastBatch() > before);
    }
    PATIENCE.await("all is committed", () -> topics.lag("connect-" + NAME, NAME) == 0);
  }

  private static void send(Records records, long eventMs, String user) {
    records.send(NAME, Math.floorMod(user.hashCode(), PARTITIONS), null, value(eventMs, user));
  }

  private static String value(long eventMs, String user) {
    return "{\"at\":%d,\"user\":\"%s\",\"n\":1}".formatted(eventMs, user);
  }

  private Map<String, String> connector() {
    Map<String, String> config = new TreeMap<>();
    config.put("connector.class", "io.tidemark.sink.DeltaSinkConnector");
    config.put("tasks.max", "1");
    config.put("topics", NAME);
    config.put("table.path", directory.resolve("table").toString());
    config.put("checkpoint.location", directory.resolve("checkpoint").toString());
    config.put("commit.interval.ms", "1000");
    config.put("consumer.override.session.timeout.ms", "6000");
    config.put("consumer.override.heartbeat.interval.ms", "1000");
    config.put("transforms", "users");
    config.put("transforms.users.type", "io.tidemark.transforms.WindowedAggregate");
    config.put("transforms.users.event.time.field", "at");
    config.put("transforms.users.watermark.delay.ms", "0");
    config.put("transforms.users.window.size.ms", String.valueOf(HOUR_MS));
    config.put("transforms.users.group.by", "user");
    config.put("transforms.users.aggregates", "total=sum(n), records=count(*)");
    return config;
  }

  private long lastBatch() throws IOException {
    Path commits = directory.resolve("checkpoint/commits");
    if (!Files.exists(commits)) {
      return -1;
    }
    try (Stream<Path> files = Files.list(commits)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .mapToLong(Long::parseLong)
          .max()
          .orElse(-1);
    }
  }

  private boolean closed(ConnectWorker worker, int from) throws IOException {
    return lines(worker).stream()
        .skip(from)
        .anyMatch(line -> line.contains("\"batchId\"") && !line.contains("\"numRowsRemoved\":0,"));
  }

  private void report(ConnectWorker worker, int from, long before) throws IOException {
    List<String> log = lines(worker);
    LocalDateTime assigned = time(first(worker, from, "newly assigned partitions").orElseThrow());
    LocalDateTime resumed = time(first(worker, from, "resuming from").orElseThrow());
    List<String> progress =
        log.stream().skip(from).filter(line -> line.contains("\"batchId\"")).toList();
    String close =
        progress.stream()
            .filter(line -> !line.contains("\"numRowsRemoved\":0,"))
            .findFirst()
            .orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "open groups=%d batches=%d: task resumes %d ms after it gets its"
            + " partitions; first batch planned in %s ms;"
            + " closing all: planned (rows written) in %s ms, committed in %s ms%n",
        groups,
        before + 1,
        Duration.between(assigned, resumed).toMillis(),
        group(PLANNING, progress.get(0)),
        group(PLANNING, close),
        group(ADDING, close));
  }

  private static String group(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.find() ? matcher.group(1) : "?";
  }

  private static LocalDateTime time(String line) {
    Matcher matcher = TIMED.matcher(line);
    if (!matcher.find()) {
      throw new IllegalStateException("a line of the log without time");
    }
    return LocalDateTime.parse(
        matcher.group(1) + "." + matcher.group(2),
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT));
  }

  private static Optional<String> first(ConnectWorker worker, int from, String text)
      throws IOException {
    return lines(worker).stream().skip(from).filter(line -> line.contains(text)).findFirst();
  }

  private static List<String> lines(ConnectWorker worker) throws IOException {
    return Files.readAllLines(worker.log());
  }
}
