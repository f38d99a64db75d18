package io.tidemark.windows.fold;

import java.util.Arrays;

/**
 * Sorts keys that lie one after the other in an array, by their unsigned bytes: a three-way
 * quicksort over eight bytes at a time. The eight bytes under comparison are kept beside the order,
 * so that a comparison does not access the keys themselves. A prefix that all keys of a part share
 * is skipped once.
 */
final class KeySort {

  private static final int SMALL = 12;

  /** Keys with this many bytes in common are compared as a whole, which limits the stack depth. */
  private static final int DEEP = 512;

  private final byte[] keys;
  private final int[] keyAt;
  private final int[] order;
  private final long[] words;

  /** Positions of pivots: independent of the order of keys, but the same in every run. */
  private long pivots = 0x9E3779B97F4A7C15L;

  /**
   * @param keyAt where each key begins, and after the last one its end
   */
  KeySort(byte[] keys, int[] keyAt, int count) {
    this.keys = keys;
    this.keyAt = keyAt;
    this.order = new int[count];
    this.words = new long[count];
  }

  /** Numbers of the keys in order. */
  int[] order() {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    load(0, order.length, 0);
    sort(0, order.length, 0);
    return order;
  }

  /** Reads the eight bytes at this depth; those after a key's end are 0. */
  private void load(int from, int to, int depth) {
    for (int i = from; i < to; i++) {
      int at = keyAt[order[i]] + depth;
      int end = Math.min(at + Long.BYTES, keyAt[order[i] + 1]);
      long word = 0;
      for (int next = at; next < end; next++) {
        word |= (keys[next] & 0xFFL) << (56 - 8 * (next - at));
      }
      // Unsigned order as signed numbers.
      words[i] = word ^ Long.MIN_VALUE;
    }
  }

  private void sort(int first, int after, int depth) {
    if (depth >= DEEP) {
      sortWhole(first, after, depth);
      return;
    }
    int from = first;
    int to = after;
    while (to - from > SMALL) {
      long pivot = median(any(from, to), any(from, to), any(from, to));
      int less = from;
      int more = to;
      int i = from;
      while (i < more) {
        if (words[i] < pivot) {
          swap(i++, less++);
        } else if (words[i] > pivot) {
          swap(i, --more);
        } else {
          i++;
        }
      }
      equal(less, more, depth);
      // Recurses into the smaller part and loops over the larger one, which limits the stack depth.
      if (less - from < to - more) {
        sort(from, less, depth);
        from = more;
      } else {
        sort(more, to, depth);
        to = less;
      }
    }
    insertion(from, to, depth);
  }

  /** Sorts keys that are equal up to the end of the eight bytes at this depth. */
  private void equal(int from, int to, int depth) {
    if (to - from < 2) {
      return;
    }
    int next = depth + Long.BYTES;
    if (to - from > SMALL) {
      // A key that ends here is not a prefix of another key, or is shorter only by zero bytes.
      int longer = from;
      for (int i = from; i < to; i++) {
        if (keyAt[order[i] + 1] - keyAt[order[i]] <= next) {
          swap(i, longer++);
        }
      }
      insertion(from, longer, depth);
      load(longer, to, next);
      sort(longer, to, next);
    } else {
      insertion(from, to, depth);
    }
  }

  private void insertion(int from, int to, int depth) {
    for (int i = from + 1; i < to; i++) {
      for (int at = i; at > from && isBefore(at, at - 1, depth); at--) {
        swap(at, at - 1);
      }
    }
  }

  private boolean isBefore(int one, int other, int depth) {
    return words[one] != words[other]
        ? words[one] < words[other]
        : compare(order[one], order[other], depth) < 0;
  }

  private int compare(int a, int b, int depth) {
    return Arrays.compareUnsigned(
        keys,
        Math.min(keyAt[a] + depth, keyAt[a + 1]),
        keyAt[a + 1],
        keys,
        Math.min(keyAt[b] + depth, keyAt[b + 1]),
        keyAt[b + 1]);
  }

  private void sortWhole(int from, int to, int depth) {
    Integer[] part = new Integer[to - from];
    for (int i = from; i < to; i++) {
      part[i - from] = order[i];
    }
    Arrays.sort(part, (a, b) -> compare(a, b, depth));
    for (int i = from; i < to; i++) {
      order[i] = part[i - from];
    }
  }

  private long any(int from, int to) {
    pivots = pivots * 6364136223846793005L + 1442695040888963407L;
    return words[from + (int) ((pivots >>> 33) % (to - from))];
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private void swap(int one, int other) {
    int number = order[one];
    order[one] = order[other];
    order[other] = number;
    long word = words[one];
    words[one] = words[other];
    words[other] = word;
  }
}
