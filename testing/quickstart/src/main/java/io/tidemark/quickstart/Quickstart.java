package io.tidemark.quickstart;

import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.KafkaBroker;
import io.tidemark.cluster.Patience;
import io.tidemark.cluster.PluginZip;
import io.tidemark.cluster.Records;
import io.tidemark.cluster.Topics;
import io.tidemark.cluster.WorkerConfig;
import io.tidemark.common.TidemarkException;
import io.tidemark.stores.Lake;
import io.tidemark.stores.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ParameterException;

/**
 * Fills two Delta tables from a topic on this machine, one with its records and one with windows of
 * them, streams the first one back into a topic, kills the worker in the middle, and lets
 * independent readers say what is in tables and topic.
 */
public final class Quickstart {

  private static final String TOPIC = "orders";
  private static final String BUCKET = "quickstart";
  private static final int PARTITIONS = 3;
  private static final Patience PATIENCE = Patience.ofSeconds(180);

  private final Terminal terminal;
  private final Options options;
  private final Path root;
  private final Path work;

  private Quickstart(Terminal terminal, Options options, Path root) {
    this.terminal = terminal;
    this.options = options;
    this.root = root;
    this.work = root.resolve("quickstart-work");
  }

  /**
   * Expects the properties {@code tidemark.root} and {@code tidemark.plugin.zip}; {@code
   * tidemark.terminal} says whether the output is a terminal.
   */
  public static void main(String[] arguments) {
    Terminal terminal = new Terminal(System.out, Boolean.getBoolean("tidemark.terminal"));
    try {
      Options options = Options.parse(arguments);
      Path root = Path.of(System.getProperty("tidemark.root"));
      boolean good = new Quickstart(terminal, options, root).run();
      System.exit(good ? 0 : 1);
    } catch (TidemarkException | ParameterException e) {
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

    if (!options.s3) {
      return run(plugins, Lake.directory(work));
    }
    terminal.step("Starting an S3 server");
    try (S3Server server = S3Server.start(work.resolve("s3"), BUCKET)) {
      terminal.say("server  " + server.endpoint() + "  pid " + server.process().pid());
      terminal.say("bucket  " + server.bucket() + ", each object is a file in " + server.objects());
      return run(plugins, Lake.bucket(server, server.endpoint()));
    }
  }

  private boolean run(Path plugins, Lake lake) throws IOException {
    terminal.step("Starting a broker and a Connect worker");
    try (KafkaBroker broker = new KafkaBroker(work.resolve("broker"))) {
      broker.start();
      terminal.say("broker  " + broker.bootstrapServers() + "  pid " + broker.process().pid());
      try (ConnectWorker worker =
              new ConnectWorker(work.resolve("worker"), config(broker, plugins, lake));
          Topics topics = new Topics(broker.bootstrapServers());
          Records records = new Records(broker.bootstrapServers())) {
        worker.start();
        terminal.say("worker  " + worker.rest().uri() + "  pid " + worker.process().pid());
        return show(worker, lake, topics, records, broker.bootstrapServers());
      }
    }
  }

  private boolean show(
      ConnectWorker worker, Lake lake, Topics topics, Records records, String bootstrapServers)
      throws IOException {
    List<Part> parts =
        List.of(
            new LandedOrders(connector(worker, lake, "quickstart-orders.json")),
            new ProductRevenue(connector(worker, lake, "quickstart-revenue.json")));
    StreamedOrders back =
        new StreamedOrders(
            connector(worker, lake, "quickstart-orders-back.json"), bootstrapServers, PARTITIONS);
    List<Connector> connectors = parts.stream().map(Part::connector).toList();
    post(topics, connectors, back);
    Orders orders = new Orders(records, TOPIC, PARTITIONS, options.records, parts);
    Production production = new Production(terminal, worker, topics, TOPIC, orders, connectors);
    production.run();
    production.awaitCommitted();
    boolean good = true;
    for (Part part : parts) {
      good &= part.judge(terminal);
    }
    good &= back.judge(terminal, orders.count());
    tellMore(worker, connectors, back);
    if (options.keep) {
      terminal.say("");
      terminal.say("Broker and worker stay up. Ctrl-C ends everything.");
      worker.process().exitCode(Duration.ofDays(1));
    }
    return good;
  }

  private void post(Topics topics, List<Connector> sinks, StreamedOrders back) {
    terminal.step("Creating topic " + TOPIC + " and posting three connectors");
    topics.create(TOPIC, PARTITIONS);
    sinks.forEach(Connector::post);
    back.post(topics);
    List<Connector> connectors = new ArrayList<>(sinks);
    connectors.add(back.connector());
    int tasks = 0;
    for (Connector connector : connectors) {
      PATIENCE.await(connector.name() + " runs", connector::running);
      terminal.say("config/%-24s %s".formatted(connector.file(), connector.name()));
      tasks += connector.tasks();
    }
    terminal.say(PARTITIONS + " partitions, " + tasks + " tasks running");
  }

  private void tellMore(ConnectWorker worker, List<Connector> sinks, StreamedOrders back) {
    terminal.step("To look further");
    for (Connector connector : sinks) {
      terminal.say("table       " + connector.tableLocation());
      terminal.say("checkpoint  " + connector.checkpointLocation());
    }
    terminal.say("logs        " + worker.log());
    List<Connector> connectors = new ArrayList<>(sinks);
    connectors.add(back.connector());
    String indent = "";
    if (!options.keep) {
      terminal.say("./quickstart --keep leaves the worker up, for");
      indent = "  ";
    }
    for (Connector connector : connectors) {
      terminal.say(indent + "curl -s " + connector.uri() + "/status");
      terminal.say(indent + "curl -s " + connector.uri() + "/offsets");
    }
  }

  private Connector connector(ConnectWorker worker, Lake lake, String file) throws IOException {
    return Connector.read(worker, lake, root.resolve("config").resolve(file));
  }

  private WorkerConfig config(KafkaBroker broker, Path plugins, Lake lake) {
    return new WorkerConfig(
        broker.bootstrapServers(),
        "tidemark-quickstart",
        plugins,
        Map.of(
            "exactly.once.source.support", "enabled",
            "config.providers", "env",
            "config.providers.env.class",
                "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
            "config.providers.env.param.allowlist.pattern", "QUICKSTART_.*"),
        Map.of("QUICKSTART_DIR", lake.root()));
  }
}
