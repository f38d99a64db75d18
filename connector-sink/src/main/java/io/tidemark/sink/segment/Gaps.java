package io.tidemark.sink.segment;

import io.tidemark.checkpoint.log.OffsetRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ranges of offsets at which no record came, ascending: compacted away, the markers of
 * transactions, dropped by a transformation, or deleted before they were read.
 */
public final class Gaps {

  /** First and end offset of each. */
  private long[] bounds = new long[0];

  private int size;

  public boolean isEmpty() {
    return size == 0;
  }

  /** Adds a range after all others; one without offsets is left out. */
  public void add(long from, long to) {
    if (to <= from) {
      return;
    }
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, Math.max(16, 2 * size));
    }
    bounds[size++] = from;
    bounds[size++] = to;
  }

  public void clear() {
    size = 0;
  }

  /** Forgets what begins at this offset or after it. */
  void clearFrom(long offset) {
    while (size > 0 && bounds[size - 2] >= offset) {
      size -= 2;
    }
  }

  /** The parts of all that lie below this offset. */
  public List<OffsetRange> below(long offset) {
    List<OffsetRange> below = new ArrayList<>();
    for (int i = 0; i < size && bounds[i] < offset; i += 2) {
      below.add(new OffsetRange(bounds[i], Math.min(bounds[i + 1], offset)));
    }
    return below;
  }

  /** The intersection of these gaps with others. */
  public Gaps and(Gaps others) {
    Gaps common = new Gaps();
    int mine = 0;
    int theirs = 0;
    while (mine < size && theirs < others.size) {
      common.add(
          Math.max(bounds[mine], others.bounds[theirs]),
          Math.min(bounds[mine + 1], others.bounds[theirs + 1]));
      if (bounds[mine + 1] < others.bounds[theirs + 1]) {
        mine += 2;
      } else {
        theirs += 2;
      }
    }
    return common;
  }
}
