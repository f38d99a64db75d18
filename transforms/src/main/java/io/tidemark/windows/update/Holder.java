package io.tidemark.windows.update;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A transformation in one life of a task. Of two lives of a task the one that was made later
 * counts: the former may still run when its sink did not return in time.
 */
final class Holder {

  private static final AtomicLong MADE = new AtomicLong();

  private final long number = MADE.incrementAndGet();
  private volatile Thread thread;
  private volatile boolean superseded;

  /** It runs on the current thread from now on. */
  void begin() {
    thread = Thread.currentThread();
  }

  boolean isOlderThan(Holder other) {
    return number < other.number;
  }

  boolean runsWith(Holder other) {
    return thread == other.thread;
  }

  void supersede() {
    superseded = true;
  }

  boolean isSuperseded() {
    return superseded;
  }
}
