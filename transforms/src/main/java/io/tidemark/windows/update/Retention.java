package io.tidemark.windows.update;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Decides which windows ended long enough ago to be removed from the state. The time starts again
 * when the state is opened or records are read again, because the sink's progress is unknown until
 * then.
 */
final class Retention {

  private static final int MARKS = 16;

  /**
   * The progress of the partition at a time.
   *
   * @param offset the first offset that was compared with this watermark
   */
  record Mark(long nanos, long watermarkMicros, long offset) {}

  private final long nanos;
  private final Deque<Mark> marks = new ArrayDeque<>();

  Retention(long retentionMs) {
    this.nanos = TimeUnit.MILLISECONDS.toNanos(retentionMs);
  }

  /** Starts the time again. */
  void restart() {
    marks.clear();
  }

  /** Records the progress of the partition, and returns the last mark that is old enough. */
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
