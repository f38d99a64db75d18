package io.tidemark.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rows that the revenue table should have: the windows of all orders, computed in one go and
 * without knowing anything of batches.
 */
final class RevenueOracle implements Orders.Listener {

  private final long sizeMs;
  private final Duration delay;
  private final Map<RevenueRow.Key, RevenueRow> rows = new HashMap<>();
  private final Map<Integer, Instant> latest = new HashMap<>();

  /**
   * @param size of the windows
   * @param delay of the watermark
   */
  RevenueOracle(Duration size, Duration delay) {
    this.sizeMs = size.toMillis();
    this.delay = delay;
  }

  @Override
  public void sent(int partition, Order order) {
    Instant time = order.eventTime();
    Instant start = Instant.ofEpochMilli(time.toEpochMilli() / sizeMs * sizeMs);
    RevenueRow none = new RevenueRow(start, start.plusMillis(sizeMs), order.product(), 0, 0);
    rows.put(none.key(), rows.getOrDefault(none.key(), none).plus(order.amount()));
    latest.merge(partition, time, (a, b) -> a.isAfter(b) ? a : b);
  }

  /** Event time of the slowest partition: the smallest of their latest event times. */
  Instant eventTime() {
    return latest.values().stream().min(Instant::compareTo).orElse(Instant.EPOCH);
  }

  /** The watermark: no earlier records are waited for. */
  Instant watermark() {
    return eventTime().minus(delay);
  }

  /** The rows of all windows that the watermark has passed. */
  Map<RevenueRow.Key, RevenueRow> closed() {
    Map<RevenueRow.Key, RevenueRow> closed = new HashMap<>();
    rows.forEach(
        (key, row) -> {
          if (isClosed(row)) {
            closed.put(key, row);
          }
        });
    return closed;
  }

  /** Starts of the windows that later orders may still change. */
  SortedSet<Instant> open() {
    SortedSet<Instant> starts = new TreeSet<>();
    for (RevenueRow row : rows.values()) {
      if (!isClosed(row)) {
        starts.add(row.start());
      }
    }
    return starts;
  }

  private boolean isClosed(RevenueRow row) {
    return !row.end().isAfter(watermark());
  }
}
