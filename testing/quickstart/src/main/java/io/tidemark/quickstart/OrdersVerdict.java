package io.tidemark.quickstart;

import java.util.BitSet;
import java.util.function.LongConsumer;

/** Which of the orders 0 to n-1 a table has, and how often. */
final class OrdersVerdict implements LongConsumer {

  private final int expected;
  private final BitSet seen = new BitSet();
  private long rows;
  private long strangers;

  OrdersVerdict(int expected) {
    this.expected = expected;
  }

  @Override
  public void accept(long id) {
    rows++;
    if (id < 0 || id >= expected) {
      strangers++;
    } else {
      seen.set((int) id);
    }
  }

  long rows() {
    return rows;
  }

  long distinct() {
    return seen.cardinality();
  }

  long missing() {
    return expected - distinct();
  }

  /** Rows beyond the first of their order, and rows of orders that were never produced. */
  long duplicates() {
    return rows - distinct();
  }

  boolean isExactlyOnce() {
    return missing() == 0 && duplicates() == 0 && strangers == 0;
  }
}
