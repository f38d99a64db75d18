package io.tidemark.command.verify;

import io.tidemark.checkpoint.log.OffsetRange;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How often batches have passed each offset of a topic-partition: once, unless its end was reset to
 * an earlier offset, for example to the start of a topic that was created again.
 */
final class Passes {

  /** Offsets at which the number changes, and by how much; adjoining ranges cancel out. */
  private final TreeMap<Long, Integer> changes = new TreeMap<>();

  /** The number from each offset up to the next one, computed from the changes. */
  private NavigableMap<Long, Integer> numbers;

  private long end;
  private boolean reset;

  /** Records that a batch has passed the range. */
  void add(OffsetRange range) {
    change(range.from(), 1);
    change(range.to(), -1);
    end = Math.max(end, range.to());
    numbers = null;
  }

  private void change(long offset, int by) {
    changes.merge(offset, by, (a, b) -> a + b == 0 ? null : a + b);
  }

  /** Records that the end was reset, whether or not the ranges on both sides are known. */
  void reset() {
    reset = true;
  }

  /** Whether the end was ever reset. */
  boolean isReset() {
    return reset;
  }

  /** The end of everything that was passed. */
  long end() {
    return end;
  }

  /** How often the offset was passed. */
  int of(long offset) {
    Map.Entry<Long, Integer> number = numbers().floorEntry(offset);
    return number == null ? 0 : number.getValue();
  }

  /** The largest number of passes of any offset. */
  int most() {
    return numbers().values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private NavigableMap<Long, Integer> numbers() {
    if (numbers == null) {
      numbers = new TreeMap<>();
      int number = 0;
      for (Map.Entry<Long, Integer> change : changes.entrySet()) {
        number += change.getValue();
        numbers.put(change.getKey(), number);
      }
    }
    return numbers;
  }
}
