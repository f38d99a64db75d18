package io.tidemark.sink.kafka;

import java.util.concurrent.atomic.LongAdder;

/** What a task knows of the bounds of its logs, for others to show. */
public final class TopicFigures {

  /** Nothing is at risk. */
  public static final long NO_RISK = -1;

  private final LongAdder lost = new LongAdder();
  private volatile long headroomMs = NO_RISK;

  /** Offsets that were deleted before this task read them, and that it continued without. */
  public long lost() {
    return lost.sum();
  }

  void lose(long offsets) {
    lost.add(offsets);
  }

  /**
   * For how long at least the oldest unread record stays, milliseconds, when last looked at; {@link
   * #NO_RISK} when all is read, or nothing expires.
   */
  public long headroomMs() {
    return headroomMs;
  }

  void headroomMs(long newHeadroomMs) {
    headroomMs = newHeadroomMs;
  }
}
