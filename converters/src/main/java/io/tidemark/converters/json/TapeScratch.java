package io.tidemark.converters.json;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Memory for the tape of a text that is being read, kept for the next one. Connect calls a
 * converter from one thread; if another one comes meanwhile, it gets memory of its own.
 */
public final class TapeScratch {

  private static final int FIRST_INTS = 1 << 8;

  /** More is left to the garbage collector, so that one large record does not stay for ever. */
  private static final int KEPT_INTS = 1 << 16;

  private final AtomicReference<int[]> spare = new AtomicReference<>();

  int[] take() {
    int[] taken = spare.getAndSet(null);
    return taken == null ? new int[FIRST_INTS] : taken;
  }

  void giveBack(int[] used) {
    if (used.length <= KEPT_INTS) {
      spare.set(used);
    }
  }
}
