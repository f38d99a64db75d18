package io.tidemark.sink.segment;

import io.tidemark.common.TidemarkException;
import io.tidemark.storage.StoreFailures;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tolerates a bounded number of failures in a row, with a pause after each: half a second, then
 * four times as long each time, up to 30 s.
 */
public final class Retries {

  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
  private static final long FIRST_PAUSE_MS = 500;
  private static final long LONGEST_PAUSE_MS = 30_000;

  private final int maxFailures;
  private final LongConsumer pause;
  private int failures;

  /**
   * @param maxFailures this many failures in a row are one too many
   * @param pause waits for that many milliseconds
   */
  public Retries(int maxFailures, LongConsumer pause) {
    this.maxFailures = maxFailures;
    this.pause = pause;
  }

  /** A piece of I/O that may be repeated. */
  @FunctionalInterface
  public interface Call<T> {
    T run() throws IOException;
  }

  /**
   * Repeats the call until it succeeds or has failed too many times in a row. Its failures are
   * counted apart, and its success does not end another row of failures.
   */
  public <T> T run(String attempt, Call<T> call) {
    Retries row = new Retries(maxFailures, pause);
    while (true) {
      try {
        return call.run();
      } catch (IOException e) {
        row.failed(attempt, e);
      }
    }
  }

  /**
   * The same at a start, which fails at once when trying again cannot help.
   *
   * @param location what the call looks at
   * @throws io.tidemark.common.TidemarkException TM-7nn
   */
  public <T> T start(String attempt, String location, Call<T> call) {
    return run(
        attempt,
        () -> {
          try {
            return call.run();
          } catch (IOException e) {
            Optional<TidemarkException> lasting = StoreFailures.lasting(location, e);
            if (lasting.isPresent()) {
              throw lasting.get();
            }
            throw e;
          }
        });
  }

  /** Ends a row of failures. */
  public void succeeded() {
    failures = 0;
  }

  /** Counts a failure and pauses; throws TM-154 when the maximum is reached. */
  public void failed(String attempt, IOException failure) {
    failures++;
    if (failures >= maxFailures) {
      throw SegmentErrors.retriesExhausted(attempt, failures, failure);
    }
    long pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << (2 * Math.min(failures - 1, 5)));
    LOG.warn(
        "Failed to {} (failure {} of {} in a row). Trying again in {} ms: {}",
        attempt,
        failures,
        maxFailures,
        pauseMs,
        failure.toString());
    pause.accept(pauseMs);
  }
}
