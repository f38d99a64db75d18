package io.tidemark.sink.segment;

/**
 * When a task cuts: at every multiple of the commit interval, so that all tasks cut together, or
 * earlier by rows or bytes.
 *
 * @param intervalMs commit interval in milliseconds, at least 1
 * @param maxRows rows of a segment, 0 for no limit
 * @param maxBytes bytes of a segment, 0 for no limit
 */
public record CutPolicy(long intervalMs, long maxRows, long maxBytes) {

  /** Whether a segment that was begun at {@code sinceMs} is to be cut. */
  public boolean isDue(long sinceMs, long nowMs, long rows, long bytes) {
    return nowMs / intervalMs != sinceMs / intervalMs
        || (maxRows > 0 && rows >= maxRows)
        || (maxBytes > 0 && bytes >= maxBytes);
  }
}
