package io.tidemark.windows.update;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A transformation in one incarnation of a task. The later incarnation of a task takes precedence:
 * the earlier one may still run if its sink did not return in time.
 */
final class Holder {

  private static final AtomicLong MADE = new AtomicLong();

  private final long number = MADE.incrementAndGet();
  private volatile Thread thread;
  private volatile boolean superseded;

  /** Sets the current thread as the one it runs on. */
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
