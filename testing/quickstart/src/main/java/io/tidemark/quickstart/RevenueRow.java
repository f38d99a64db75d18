package io.tidemark.quickstart;

import io.tidemark.reader.StandaloneRow;
import java.time.Instant;
import java.util.Comparator;

/**
 * What customers paid for a product in a window: a row of the revenue table.
 *
 * @param end exclusive
 * @param totalRevenue in cents
 */
record RevenueRow(
    Instant start, Instant end, String product, long totalRevenue, long purchaseCount) {

  static final Comparator<RevenueRow> ORDER =
      Comparator.comparing(RevenueRow::start).thenComparing(RevenueRow::product);

  /** The key: there may be one row for each. */
  record Key(Instant start, String product) {}

  static RevenueRow of(StandaloneRow row) {
    return new RevenueRow(
        row.time("window.start"),
        row.time("window.end"),
        row.text("product"),
        row.number("total_revenue"),
        row.number("purchase_count"));
  }

  Key key() {
    return new Key(start, product);
  }

  /** The row with one more purchase. */
  RevenueRow plus(long amount) {
    return new RevenueRow(start, end, product, totalRevenue + amount, purchaseCount + 1);
  }
}
