package io.tidemark.sink.driver;

import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.recovery.ResetErrors;
import io.tidemark.sink.segment.Retries;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Steps a driver until a request is in a committed batch. The caller waits for that. */
public final class ResetExecution {

  /** Timing of a driver that gives way to no other driver, because a caller waits for it. */
  public static final DriverTiming TIMING = new DriverTiming(1_000, 100, 100, 0, 0, 0);

  private static final int MAX_FAILURES = 4;

  private final LongSupplier clock;
  private final LongConsumer pause;
  private final long patienceMs;

  /**
   * @param clock epoch milliseconds
   * @param pause waits for that many milliseconds
   * @param patienceMs for so long, all in all
   */
  public ResetExecution(LongSupplier clock, LongConsumer pause, long patienceMs) {
    this.clock = clock;
    this.pause = pause;
    this.patienceMs = patienceMs;
  }

  /**
   * Carries the request out.
   *
   * @param location what the checkpoint location is called in messages
   */
  public void carryOut(Driver driver, OffsetReset reset, String location) {
    Retries retries = new Retries(MAX_FAILURES, pause);
    driver.reset(reset);
    long startMs = clock.getAsLong();
    while (!driver.hasReset()) {
      long nowMs = clock.getAsLong();
      if (nowMs - startMs > patienceMs) {
        throw ResetErrors.timedOut(location, patienceMs);
      }
      long nextMs = retries.run("reset the frontier", () -> driver.step(nowMs));
      if (nextMs > nowMs) {
        pause.accept(Math.min(nextMs - nowMs, TIMING.pollMs()));
      }
    }
  }
}
