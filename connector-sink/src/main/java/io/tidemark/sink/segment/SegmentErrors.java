package io.tidemark.sink.segment;

import io.tidemark.common.TidemarkException;

/** Failures with segments, {@code TM-154} and {@code TM-155}. */
public final class SegmentErrors {

  private SegmentErrors() {}

  /**
   * Too many failures in a row.
   *
   * @param attempt what failed, as an infinitive without "to"
   */
  public static TidemarkException retriesExhausted(
      String attempt, int failures, Throwable lastFailure) {
    return TidemarkException.of(
        "TM-154",
        lastFailure,
        """
        Gave up trying to %s after %d failures in a row. The last failure was: %s. Nothing is lost:
        remove the cause and restart the task, and it continues where the last batch ended.
        task.max.failures sets how many failures in a row a task tolerates.
        """,
        attempt,
        failures,
        lastFailure);
  }

  /** A planned batch names a segment that does not exist. */
  public static TidemarkException missing(String file, long batch) {
    return TidemarkException.of(
        "TM-155",
        """
        Cannot commit batch %d: it names %s, which is missing. Part of the checkpoint location was
        deleted: restore it. See docs/operating/recovery.md#missing-entry.
        """,
        batch,
        file);
  }
}
