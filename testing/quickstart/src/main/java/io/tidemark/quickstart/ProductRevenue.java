package io.tidemark.quickstart;

import io.tidemark.reader.StandaloneReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** Revenue per product and window, as it would be without batches, a crash or a second try. */
final class ProductRevenue implements Part {

  private final Connector connector;
  private final Duration size;
  private final Duration delay;
  private final RevenueOracle oracle;

  ProductRevenue(Connector connector) {
    this.connector = connector;
    this.size = connector.millis("transforms.revenue.window.size.ms");
    this.delay = connector.millis("transforms.revenue.watermark.delay.ms");
    this.oracle = new RevenueOracle(size, delay);
  }

  @Override
  public Connector connector() {
    return connector;
  }

  @Override
  public void sent(int partition, Order order) {
    oracle.sent(partition, order);
  }

  @Override
  public boolean judge(Terminal terminal) throws IOException {
    terminal.step("The history of the windows' table");
    History.lines(connector.history()).forEach(terminal::say);

    terminal.step("The windows an independent reader finds (Delta Standalone)");
    List<RevenueRow> rows = new ArrayList<>();
    long version =
        new StandaloneReader(connector.table()).rows(row -> rows.add(RevenueRow.of(row)));
    RevenueVerdict verdict = new RevenueVerdict(oracle.closed());
    rows.forEach(verdict);
    RevenueSample.lines(rows).forEach(terminal::say);
    terminal.say(
        "version %d: %d rows for %d pairs of closed window and product; revenue is in cents"
            .formatted(version, verdict.rows(), verdict.expected()));
    terminal.say(
        "%d missing, %d doubled, %d wrong, beside sums over all orders taken in one go"
            .formatted(verdict.missing(), verdict.doubled(), verdict.wrong()));
    tellOpen(terminal, oracle.open());
    return verdict.isExact();
  }

  private void tellOpen(Terminal terminal, SortedSet<Instant> open) {
    if (!open.isEmpty()) {
      terminal.say(
          "%d windows, %s to %s, are still open: every partition has reached %s, and the"
              .formatted(
                  open.size(),
                  RevenueSample.minute(open.first()),
                  RevenueSample.minute(open.last().plus(size)),
                  RevenueSample.second(oracle.eventTime())));
      terminal.say(
          "watermark, %d minutes behind it at %s, has not passed their end"
              .formatted(delay.toMinutes(), RevenueSample.second(oracle.watermark())));
    }
  }
}
