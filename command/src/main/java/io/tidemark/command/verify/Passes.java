package io.tidemark.command.verify;

import io.tidemark.checkpoint.log.OffsetRange;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How often batches have passed each offset of a topic-partition: once, unless its end was moved
 * back, as to the start of a topic that was created again.
 */
final class Passes {

  /** Where the number changes, and by how much; ranges that join leave nothing between them. */
  private final TreeMap<Long, Integer> changes = new TreeMap<>();

  /** From each offset on, until the next one; made of the changes. */
  private NavigableMap<Long, Integer> numbers;

  private long end;
  private boolean moved;

  /** A batch has passed the range. */
  void add(OffsetRange range) {
    change(range.from(), 1);
    change(range.to(), -1);
    end = Math.max(end, range.to());
    numbers = null;
  }

  private void change(long offset, int by) {
    changes.merge(offset, by, (a, b) -> a + b == 0 ? null : a + b);
  }

  /** The end was moved, no matter whether the ranges on both sides are known. */
  void move() {
    moved = true;
  }

  /** Whether the end was ever moved. */
  boolean isMoved() {
    return moved;
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

  /** How often the offset was passed that was passed most. */
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
