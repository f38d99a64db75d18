package io.tidemark.common;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time of day, as a clock that never goes back and never stands still: it follows the wall
 * clock forward, and where that steps back it continues at the pace of the monotonic one. A wait
 * for a time or a duration therefore never gets longer because of such a step. It is the only
 * clock: stored times of day come from it as well. Thread-safe.
 */
public final class ForwardClock implements LongSupplier {

  /** The clock of this JVM. */
  public static final ForwardClock SYSTEM =
      new ForwardClock(System::currentTimeMillis, System::nanoTime);

  private final LongSupplier wallMs;
  private final LongSupplier nanos;

  /** The wall clock when it was last ahead, and the monotonic clock at that moment. */
  private long anchorMs;

  private long anchorNanos;

  /**
   * @param wallMs epoch milliseconds, which may jump
   * @param nanos a clock that only goes forward, from anywhere
   */
  public ForwardClock(LongSupplier wallMs, LongSupplier nanos) {
    this.wallMs = wallMs;
    this.nanos = nanos;
    this.anchorMs = wallMs.getAsLong();
    this.anchorNanos = nanos.getAsLong();
  }

  /** Epoch milliseconds. */
  public synchronized long nowMs() {
    long wall = wallMs.getAsLong();
    long nowNanos = nanos.getAsLong();
    long due = anchorMs + TimeUnit.NANOSECONDS.toMillis(nowNanos - anchorNanos);
    if (wall < due) {
      return due;
    }
    anchorMs = wall;
    anchorNanos = nowNanos;
    return wall;
  }

  @Override
  public long getAsLong() {
    return nowMs();
  }
}
