package io.tidemark.windows.config;

/**
 * How the watermark follows event time, all in milliseconds.
 *
 * @param delayMs how late a record may be and still count
 * @param idleTimeoutMs a partition without records for so long does not hold the watermark back; 0
 *     is never
 * @param maxAheadMs an event time further ahead of the worker's clock does not move the watermark
 */
public record WatermarkSpec(long delayMs, Policy policy, long idleTimeoutMs, long maxAheadMs) {

  /** Which partition leads. */
  public enum Policy {
    /** The slowest of those that are not idle. */
    MIN,
    /** The fastest, as Spark has it within one source. */
    MAX
  }
}
