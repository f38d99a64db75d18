package io.tidemark.windows.config;

/**
 * How the watermark follows event time. All durations in milliseconds.
 *
 * @param delayMs how late a record may be and still count
 * @param idleTimeoutMs a partition without records for this time does not hold back the watermark;
 *     0 for never
 * @param maxAheadMs an event time further ahead of the worker's clock does not advance the
 *     watermark
 */
public record WatermarkSpec(long delayMs, Policy policy, long idleTimeoutMs, long maxAheadMs) {

  /** Which partition determines the watermark. */
  public enum Policy {
    /** The slowest of those that are not idle. */
    MIN,
    /** The fastest, as in Spark within one source. */
    MAX
  }
}
