package io.tidemark.windows.update;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Tells which windows have ended so long ago that they may leave the state. Time counts from when
 * the state was opened, or records were read again: until then nobody knows what the sink has.
 */
final class Retention {

  private static final int MARKS = 16;

  /**
   * Where the partition was at a time.
   *
   * @param offset the first one that was judged by this watermark
   */
  record Mark(long nanos, long watermarkMicros, long offset) {}

  private final long nanos;
  private final Deque<Mark> marks = new ArrayDeque<>();

  Retention(long retentionMs) {
    this.nanos = TimeUnit.MILLISECONDS.toNanos(retentionMs);
  }

  /** Time counts from now on. */
  void restart() {
    marks.clear();
  }

  /** Takes note of the partition, and gives the last place that is old enough. */
  Optional<Mark> pass(Mark now) {
    if (marks.isEmpty() || now.nanos() - marks.getLast().nanos() >= nanos / MARKS) {
      marks.add(now);
    }
    Mark due = null;
    while (!marks.isEmpty() && now.nanos() - marks.getFirst().nanos() >= nanos) {
      due = marks.removeFirst();
    }
    return Optional.ofNullable(due);
  }
}
