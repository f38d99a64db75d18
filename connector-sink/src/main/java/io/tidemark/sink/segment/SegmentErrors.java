package io.tidemark.sink.segment;

import io.tidemark.common.TidemarkException;

/** What can go wrong with segments, {@code TM-154} and {@code TM-155}. */
public final class SegmentErrors {

  private SegmentErrors() {}

  /** Too many failures in a row. */
  public static TidemarkException retriesExhausted(
      String attempt, int failures, Throwable lastFailure) {
    return new TidemarkException(
        "TM-154",
        "Gave up to "
            + attempt
            + " after "
            + failures
            + " failures in a row, the last one: "
            + lastFailure
            + ". Nothing is lost: once the cause is gone, restart the task and it continues where the"
            + " last batch ended. task.max.failures sets how many failures are borne.",
        lastFailure);
  }

  /** A planned batch names a segment that is not there. */
  public static TidemarkException missing(String file, long batch) {
    return new TidemarkException(
        "TM-155",
        "Cannot commit batch "
            + batch
            + ": "
            + file
            + " is missing, though the batch names it. Part of the checkpoint location was deleted:"
            + " restore it. See docs/operating/recovery.md#missing-entry.",
        null);
  }
}
