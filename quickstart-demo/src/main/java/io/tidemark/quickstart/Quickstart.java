package io.tidemark.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.checkpoint.TidemarkException;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.KafkaBroker;
import io.tidemark.cluster.Patience;
import io.tidemark.cluster.PluginZip;
import io.tidemark.cluster.Records;
import io.tidemark.cluster.Topics;
import io.tidemark.cluster.WorkerConfig;
import io.tidemark.reader.StandaloneReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Fills a Delta table from a topic on this machine, kills the worker in the middle, and lets an
 * independent reader say what is in the table.
 */
public final class Quickstart {

  private static final String CONNECTOR = "orders-to-delta";
  private static final String TOPIC = "orders";
  private static final int PARTITIONS = 3;
  private static final int CHUNKS = 60;
  private static final Patience PATIENCE = Patience.ofSeconds(180);
  private static final Patience COMMIT = Patience.ofSeconds(60);

  private final Terminal terminal;
  private final Options options;
  private final Path root;
  private final Path work;
  private final Path table;
  private final Path checkpoint;

  private Quickstart(Terminal terminal, Options options, Path root) {
    this.terminal = terminal;
    this.options = options;
    this.root = root;
    this.work = root.resolve("quickstart-work");
    this.table = work.resolve("lake/orders");
    this.checkpoint = work.resolve("checkpoints").resolve(CONNECTOR);
  }

  /**
   * Expects the properties {@code tidemark.root} and {@code tidemark.plugin.zip}; {@code
   * tidemark.terminal} says whether somebody watches.
   */
  public static void main(String[] arguments) {
    Terminal terminal = new Terminal(System.out, Boolean.getBoolean("tidemark.terminal"));
    try {
      Options options = Options.parse(arguments);
      Path root = Path.of(System.getProperty("tidemark.root"));
      boolean good = new Quickstart(terminal, options, root).run();
      System.exit(good ? 0 : 1);
    } catch (TidemarkException | IllegalArgumentException e) {
      terminal.say("");
      terminal.say(e.getMessage());
      System.exit(1);
    } catch (IOException e) {
      terminal.say("");
      terminal.say("Cannot write below quickstart-work: " + e);
      System.exit(1);
    }
  }

  private boolean run() throws IOException {
    terminal.step("Unpacking the plugin");
    Path plugins = work.resolve("plugins");
    PluginZip.unpack(Path.of(System.getProperty("tidemark.plugin.zip")), plugins);
    terminal.say(plugins.toString());

    terminal.step("Starting a broker and a Connect worker");
    try (KafkaBroker broker = new KafkaBroker(work.resolve("broker"))) {
      broker.start();
      terminal.say("broker  " + broker.bootstrapServers() + "  pid " + broker.process().pid());
      try (ConnectWorker worker =
              new ConnectWorker(work.resolve("worker"), config(broker, plugins));
          Topics topics = new Topics(broker.bootstrapServers());
          Records records = new Records(broker.bootstrapServers())) {
        worker.start();
        terminal.say("worker  " + worker.rest().uri() + "  pid " + worker.process().pid());
        return fill(worker, topics, new Orders(records, TOPIC, PARTITIONS));
      }
    }
  }

  private boolean fill(ConnectWorker worker, Topics topics, Orders orders) throws IOException {
    terminal.step("Creating topic " + TOPIC + " and posting config/quickstart-orders.json");
    topics.create(TOPIC, PARTITIONS);
    worker.rest().create(connector());
    PATIENCE.await("the connector runs", () -> worker.rest().running(CONNECTOR, PARTITIONS));
    terminal.say(PARTITIONS + " partitions, " + PARTITIONS + " tasks running");

    terminal.step("Producing " + options.records() + " orders");
    produceUntil(orders, options.records() / 2);
    COMMIT.await("the first batch is committed", () -> batches() > 0);
    long killedAtNanos = System.nanoTime();
    worker.process().kill();
    terminal.say(
        "kill -9 of the worker after %d orders, %d batches committed"
            .formatted(orders.count(), batches()));
    worker.launch();
    produceUntil(orders, options.records());
    terminal.say(orders.count() + " orders produced, the worker starting meanwhile");
    worker.awaitReady();
    PATIENCE.await("the tasks resume", () -> !resumed(worker).isEmpty());
    terminal.say(
        "the worker is back %.1f s after its death"
            .formatted((System.nanoTime() - killedAtNanos) / 1e9));

    terminal.step("Waiting until every order is in the table");
    PATIENCE.await(
        "the table has every order",
        () -> {
          long lag = topics.lag("connect-" + CONNECTOR, TOPIC);
          terminal.progress("consumer group connect-" + CONNECTOR + ": lag " + lag);
          return lag == 0;
        });
    resumed(worker).forEach(terminal::say);
    boolean good = report(worker);
    if (options.keep()) {
      terminal.say("");
      terminal.say("Broker and worker stay up. Ctrl-C ends everything.");
      worker.process().exitCode(Duration.ofDays(1));
    }
    return good;
  }

  private boolean report(ConnectWorker worker) throws IOException {
    terminal.step("The table's history");
    History.lines(History.read(table)).forEach(terminal::say);

    terminal.step("What an independent reader finds (Delta Standalone)");
    Verdict verdict = new Verdict(options.records());
    long version = new StandaloneReader(table).read("order_id", verdict);
    terminal.say(
        "version %d: %d rows, %d distinct order_id"
            .formatted(version, verdict.rows(), verdict.distinct()));
    terminal.say("%d missing, %d duplicate".formatted(verdict.missing(), verdict.duplicates()));

    terminal.step("To look further");
    String rest = worker.rest().uri() + "/connectors/" + CONNECTOR;
    terminal.say("table       " + table);
    terminal.say("checkpoint  " + checkpoint);
    terminal.say("logs        " + worker.log());
    if (options.keep()) {
      terminal.say("curl -s " + rest + "/status");
      terminal.say("curl -s " + rest + "/offsets");
      terminal.say("curl -s " + worker.rest().uri() + "/connector-plugins");
    } else {
      terminal.say("./quickstart --keep leaves the worker up, for");
      terminal.say("  curl -s " + rest + "/status");
      terminal.say("  curl -s " + rest + "/offsets");
    }
    return verdict.isExactlyOnce();
  }

  private void produceUntil(Orders orders, int count) {
    int chunk = Math.max(1, options.records() / CHUNKS);
    while (orders.count() < count) {
      orders.produce(Math.min(chunk, count - orders.count()));
      terminal.progress(
          "%d of %d orders, %d batches committed"
              .formatted(orders.count(), options.records(), batches()));
    }
  }

  private long batches() {
    Path commits = checkpoint.resolve("commits");
    if (!Files.isDirectory(commits)) {
      return 0;
    }
    try (Stream<Path> entries = Files.list(commits)) {
      return entries.filter(entry -> !entry.getFileName().toString().startsWith(".")).count();
    } catch (IOException e) {
      return 0;
    }
  }

  /** What the tasks logged when they continued after the kill. */
  private static List<String> resumed(ConnectWorker worker) throws IOException {
    try (Stream<String> lines = Files.lines(worker.log())) {
      return lines
          .filter(line -> line.contains("resuming from batch "))
          .map(line -> line.substring(line.indexOf("resuming from batch ")))
          .filter(line -> !line.startsWith("resuming from batch none"))
          .distinct()
          .toList();
    }
  }

  private JsonNode connector() throws IOException {
    return new ObjectMapper().readTree(root.resolve("config/quickstart-orders.json").toFile());
  }

  private WorkerConfig config(KafkaBroker broker, Path plugins) {
    return new WorkerConfig(
        broker.bootstrapServers(),
        "tidemark-quickstart",
        plugins,
        Map.of(
            "config.providers", "env",
            "config.providers.env.class",
                "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
            "config.providers.env.param.allowlist.pattern", "QUICKSTART_.*"),
        Map.of("QUICKSTART_DIR", work.toString()));
  }
}
