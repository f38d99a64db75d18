package io.tidemark.quickstart;

import io.tidemark.reader.StandaloneReader;
import java.io.IOException;

/** The orders in a table of their own, each of them once. */
final class LandedOrders implements Part {

  private final Connector connector;
  private int sent;

  LandedOrders(Connector connector) {
    this.connector = connector;
  }

  @Override
  public Connector connector() {
    return connector;
  }

  @Override
  public void sent(int partition, Order order) {
    sent++;
  }

  @Override
  public boolean judge(Terminal terminal) throws IOException {
    terminal.step("The history of the orders' table");
    History.lines(connector.history()).forEach(terminal::say);

    terminal.step("The orders an independent reader finds (Delta Standalone)");
    OrdersVerdict verdict = new OrdersVerdict(sent);
    long version = new StandaloneReader(connector.table()).read("order_id", verdict);
    terminal.say(
        "version %d: %d rows, %d distinct order_id"
            .formatted(version, verdict.rows(), verdict.distinct()));
    terminal.say("%d missing, %d duplicate".formatted(verdict.missing(), verdict.duplicates()));
    return verdict.isExactlyOnce();
  }
}
