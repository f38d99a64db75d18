package io.tidemark.source.task;

import io.tidemark.source.error.SourceErrors;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tolerates a limited number of consecutive failures, with a pause after each: half a second, then
 * four times as long each time, up to 30 s. It never waits itself, because Connect would have to
 * wait too.
 */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final long FIRST_PAUSE_MS = 500;
  private static final long LONGEST_PAUSE_MS = 30_000;

  private final int most;
  private final LongAdder retries = new LongAdder();
  private int inARow;
  private long untilMs = Long.MIN_VALUE;

  /**
   * @param most the number of consecutive failures at which the task fails
   */
  Failures(int most) {
    this.most = most;
  }

  void succeeded() {
    inARow = 0;
  }

  /** Counts a failure; throws when the limit is reached. */
  void failed(String table, IOException failure, long nowMs) {
    inARow++;
    if (inARow >= most) {
      throw SourceErrors.retriesExhausted(table, inARow, failure);
    }
    long pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << (2 * Math.min(inARow - 1, 5)));
    untilMs = nowMs + pauseMs;
    retries.increment();
    LOG.warn(
        "Failed to read {} (failure {} of {} in a row). Trying again in {} ms: {}",
        table,
        inARow,
        most,
        pauseMs,
        failure.toString());
  }

  /** The number of failures after which there is another attempt. */
  long retries() {
    return retries.sum();
  }

  /** When to retry. */
  long untilMs() {
    return untilMs;
  }
}
