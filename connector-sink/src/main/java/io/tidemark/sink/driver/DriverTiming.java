package io.tidemark.sink.driver;

/**
 * How long the driver waits, all in milliseconds.
 *
 * @param intervalMs commit interval; batches are composed after its multiples
 * @param pollMs between two looks at the checkpoint location while a commit is expected
 * @param idleMs longest time between two looks while nothing is expected
 * @param gatherMs how long the first segment of an interval waits for those of other tasks
 * @param staggerMs by how much more each higher task number waits before it drives
 * @param takeoverMs how long a batch that another driver planned may stay unfinished
 */
public record DriverTiming(
    long intervalMs, long pollMs, long idleMs, long gatherMs, long staggerMs, long takeoverMs) {

  /** Each look is a paid request where the location is on an object store. */
  private static final long IDLE_MS = 300_000;

  /** The timing for a commit interval. */
  public static DriverTiming of(long intervalMs) {
    long pollMs = Math.max(50, Math.min(1_000, intervalMs / 5));
    return new DriverTiming(
        intervalMs,
        pollMs,
        Math.max(intervalMs, IDLE_MS),
        Math.min(1_000, intervalMs / 4),
        2 * pollMs,
        Math.max(5_000, 10 * pollMs));
  }
}
