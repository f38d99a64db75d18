package io.tidemark.it;

import io.tidemark.cluster.ConnectWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Layers one after the other: a topic into a table, that table into a topic, windows of that topic
 * into another table. The worker that runs all three connectors is killed again and again, and the
 * windows are those of the orders all the same.
 */
class ChainIT {

  private static final Logger LOG = LoggerFactory.getLogger(ChainIT.class);
  private static final String BRONZE = "chain";
  private static final String AGAIN = "chain-again";
  private static final String SILVER = "chain-silver";
  private static final int ROUNDS = 4;
  private static final int ORDERS = 1_500;

  /** Longer than all orders take: partitions that lag behind a death are not late. */
  private static final long DELAY_MS = 360 * Orders.MINUTE_MS;

  private final Cluster cluster = Cluster.shared();

  @Test
  void windowsAfterTwoTablesAndATopicAreThoseOfTheOrdersThoughTheWorkerIsKilled()
      throws IOException {
    Path lake = cluster.fresh(BRONZE);
    Path bronze = lake.resolve("bronze");
    Path silver = lake.resolve("silver");
    Orders orders = new Orders(cluster, BRONZE, 3, 5 * Orders.MINUTE_MS, 5 * Orders.MINUTE_MS);
    cluster.topics.create(AGAIN, 1);
    try (ConnectWorker worker = cluster.lone(BRONZE, cluster.plugins(), "512m")) {
      worker.launch();
      worker.awaitReady();
      worker.rest().put(BRONZE, cluster.sink(BRONZE, bronze, "tasks.max", "2"));
      worker.rest().put(AGAIN, cluster.source(bronze, AGAIN, "key.fields", "product"));
      worker.rest().put(SILVER, silver(orders, silver));
      for (int round = 0; round < ROUNDS; round++) {
        orders.send(ORDERS);
        long before = cluster.topics.endOffsets(AGAIN).get(0);
        Cluster.PATIENCE.await(
            "orders come back", () -> cluster.topics.endOffsets(AGAIN).get(0) > before);
        worker.process().kill();
        LOG.info("killed the worker after {} orders", orders.sent());
        worker.launch();
        worker.awaitReady();
      }
      try (CommittedTopic again = new CommittedTopic(cluster, AGAIN)) {
        // Partitions that lag behind the last death come into the table later than others.
        Cluster.PATIENCE.await("all come back", () -> again.count() >= orders.sent());
      }
      end(orders);
      orders.judge(silver);
      worker.rest().delete(SILVER);
      worker.rest().delete(AGAIN);
      worker.rest().delete(BRONZE);
    }
  }

  private Map<String, String> silver(Orders orders, Path silver) {
    Map<String, String> config = orders.sink(silver, "tasks.max", "1");
    config.put("topics", AGAIN);
    config.put("consumer.override.isolation.level", "read_committed");
    config.put("transforms.revenue.watermark.delay.ms", String.valueOf(DELAY_MS));
    return config;
  }

  /** An order so late that it closes every window before its own. */
  private void end(Orders orders) {
    long eventMs = Orders.START_MS + orders.sent() * 1_000L + DELAY_MS + 10 * Orders.MINUTE_MS;
    cluster.records.send(
        BRONZE, 0, null, "{\"event_time\":%d,\"product\":\"end\",\"amount\":1}".formatted(eventMs));
    cluster.records.flush();
  }
}
