package io.tidemark.quickstart;

import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.Patience;
import io.tidemark.cluster.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All orders on their way into the tables, with a kill -9 of the worker after half of them. */
final class Production {

  private static final int CHUNKS = 60;
  private static final Patience COMMIT = Patience.ofSeconds(60);
  private static final Patience PATIENCE = Patience.ofSeconds(180);

  private final Terminal terminal;
  private final ConnectWorker worker;
  private final Topics topics;
  private final String topic;
  private final Orders orders;
  private final List<Connector> connectors;
  private long loggedBeforeKill;

  Production(
      Terminal terminal,
      ConnectWorker worker,
      Topics topics,
      String topic,
      Orders orders,
      List<Connector> connectors) {
    this.terminal = terminal;
    this.worker = worker;
    this.topics = topics;
    this.topic = topic;
    this.orders = orders;
    this.connectors = connectors;
  }

  void run() throws IOException {
    terminal.step("Producing " + orders.total() + " orders");
    produceFirst();
    produceUntil(orders.total() / 2);
    for (Connector connector : connectors) {
      COMMIT.await(connector.name() + " has rows in its table", () -> connector.rows() > 0);
    }
    long killedAtNanos = System.nanoTime();
    worker.process().kill();
    loggedBeforeKill = logged();
    terminal.say("kill -9 of the worker after %d orders".formatted(orders.count()));
    for (Connector connector : connectors) {
      terminal.say(
          "  %-20s %d batches committed, %d rows in the table"
              .formatted(connector.name(), connector.batches(), connector.rows()));
    }
    worker.launch();
    produceUntil(orders.total());
    terminal.say(orders.count() + " orders produced, the worker starting meanwhile");
    worker.awaitReady();
    for (Connector connector : connectors) {
      PATIENCE.await(
          connector.name() + " resumes", () -> !connector.resumed(loggedBeforeKill).isEmpty());
    }
    terminal.say(
        "the worker is back %.1f s after its death"
            .formatted((System.nanoTime() - killedAtNanos) / 1e9));
  }

  /** Waits until each connector has committed every order. */
  void awaitCommitted() throws IOException {
    terminal.step("Waiting until every order is committed by both sinks");
    PATIENCE.await("every order is committed", this::noLag);
    for (Connector connector : connectors) {
      for (String line : connector.resumed(loggedBeforeKill)) {
        terminal.say("%-20s %s".formatted(connector.name(), line));
      }
    }
  }

  /**
   * A few orders for every partition, committed before the others come: from then on the watermark
   * knows each partition and waits for the slowest, however long its task takes to start.
   */
  private void produceFirst() {
    produceUntil(chunk());
    COMMIT.await("the first orders are committed", this::noLag);
  }

  private void produceUntil(int count) {
    while (orders.count() < count) {
      orders.produce(Math.min(chunk(), count - orders.count()));
      terminal.progress(
          "%d of %d orders, %s batches committed"
              .formatted(
                  orders.count(),
                  orders.total(),
                  connectors.stream()
                      .map(connector -> String.valueOf(connector.batches()))
                      .collect(Collectors.joining(" and "))));
    }
  }

  private long logged() throws IOException {
    try (Stream<String> lines = Files.lines(worker.log())) {
      return lines.count();
    }
  }

  private int chunk() {
    return Math.max(1, orders.total() / CHUNKS);
  }

  private boolean noLag() {
    boolean none = true;
    StringBuilder lags = new StringBuilder("lag");
    for (Connector connector : connectors) {
      long lag = topics.lag(connector.group(), topic);
      lags.append(' ').append(connector.name()).append(' ').append(lag);
      none &= lag == 0;
    }
    terminal.progress(lags.toString());
    return none;
  }
}
