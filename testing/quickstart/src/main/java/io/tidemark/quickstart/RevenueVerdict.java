package io.tidemark.quickstart;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** How the rows of the revenue table differ from those that should be there. */
final class RevenueVerdict implements Consumer<RevenueRow> {

  private final Map<RevenueRow.Key, RevenueRow> expected;
  private final Set<RevenueRow.Key> seen = new HashSet<>();
  private long rows;
  private long wrong;

  RevenueVerdict(Map<RevenueRow.Key, RevenueRow> expected) {
    this.expected = expected;
  }

  @Override
  public void accept(RevenueRow row) {
    rows++;
    seen.add(row.key());
    if (!row.equals(expected.get(row.key()))) {
      wrong++;
    }
  }

  long rows() {
    return rows;
  }

  /** Rows that should be there. */
  long expected() {
    return expected.size();
  }

  long missing() {
    return expected.keySet().stream().filter(key -> !seen.contains(key)).count();
  }

  /** Rows beyond the first of their window and product. */
  long doubled() {
    return rows - seen.size();
  }

  /** Rows that are not as expected, those of windows that are open or never were included. */
  long wrong() {
    return wrong;
  }

  boolean isExact() {
    return missing() == 0 && doubled() == 0 && wrong == 0;
  }
}
