package io.tidemark.command.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Counts the rows of one topic-partition by offset. */
final class OffsetRows {

  private final Passes passes;

  /**
   * One set for the first row of each offset, one for the second row, and so on, up to the largest
   * number of passes.
   */
  private final List<OffsetSet> copies = new ArrayList<>();

  /**
   * @param passes how many rows an offset may have
   */
  OffsetRows(Passes passes) {
    this.passes = passes;
    for (int copy = 0; copy < Math.max(1, passes.most()); copy++) {
      copies.add(new OffsetSet());
    }
  }

  void add(long offset) {
    for (OffsetSet copy : copies) {
      if (copy.add(offset)) {
        return;
      }
    }
  }

  /** The number of distinct offsets. */
  OffsetSet offsets() {
    return copies.get(0);
  }

  /** Rows in excess of how often batches have passed their offset. */
  long tooMany() {
    long[] found = {copies.get(copies.size() - 1).duplicates()};
    eachUndue(offset -> found[0]++);
    return found[0];
  }

  /** The smallest offset with a row too many, -1 without any. */
  long firstTooMany() {
    OffsetSet last = copies.get(copies.size() - 1);
    long[] first = {last.duplicates() > 0 ? last.firstDuplicate() : Long.MAX_VALUE};
    eachUndue(offset -> first[0] = Math.min(first[0], offset));
    return first[0] == Long.MAX_VALUE ? -1 : first[0];
  }

  private void eachUndue(LongConsumer action) {
    for (int copy = 1; copy < copies.size(); copy++) {
      int before = copy;
      copies
          .get(copy)
          .each(
              offset -> {
                if (passes.of(offset) <= before) {
                  action.accept(offset);
                }
              });
    }
  }
}
