package io.tidemark.sink.driver;

import io.tidemark.sink.batch.FrontierMove;
import io.tidemark.sink.recovery.MoveErrors;
import io.tidemark.sink.segment.Retries;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Steps a driver until a request is in a committed batch, for whoever waits for that. */
public final class MoveRun {

  /** A driver that gives way to nobody: what it asks for, somebody waits for. */
  public static final DriverTiming TIMING = new DriverTiming(1_000, 100, 0, 0, 0);

  private static final int MAX_FAILURES = 4;

  private final LongSupplier clock;
  private final LongConsumer pause;
  private final long patienceMs;

  /**
   * @param clock epoch milliseconds
   * @param pause waits for that many milliseconds
   * @param patienceMs for so long, all in all
   */
  public MoveRun(LongSupplier clock, LongConsumer pause, long patienceMs) {
    this.clock = clock;
    this.pause = pause;
    this.patienceMs = patienceMs;
  }

  /**
   * Carries the request out.
   *
   * @param location what the checkpoint location is called in messages
   */
  public void carryOut(Driver driver, FrontierMove move, String location) {
    Retries retries = new Retries(MAX_FAILURES, pause);
    driver.move(move);
    long startMs = clock.getAsLong();
    while (!driver.hasMoved()) {
      long nowMs = clock.getAsLong();
      if (nowMs - startMs > patienceMs) {
        throw MoveErrors.timedOut(location, patienceMs);
      }
      long nextMs = retries.run("move the frontier", () -> driver.step(nowMs));
      if (nextMs > nowMs) {
        pause.accept(Math.min(nextMs - nowMs, TIMING.pollMs()));
      }
    }
  }
}
