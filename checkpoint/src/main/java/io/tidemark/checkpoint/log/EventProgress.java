package io.tidemark.checkpoint.log;

import java.util.OptionalLong;

/**
 * How far the event time of a topic-partition has come.
 *
 * @param maxEventMs largest event time, epoch milliseconds; empty before the first
 * @param silent the partition has been idle for longer than the idle time-out, and does not hold
 *     back the watermark
 */
public record EventProgress(OptionalLong maxEventMs, boolean silent) {

  /** A partition that is read and has shown no event time. */
  public static final EventProgress NONE = new EventProgress(OptionalLong.empty(), false);

  /** With an event time seen. */
  public EventProgress seen(long eventMs) {
    return new EventProgress(
        OptionalLong.of(maxEventMs.isEmpty() ? eventMs : Math.max(maxEventMs.getAsLong(), eventMs)),
        silent);
  }

  /** Marked as idle, or as no longer idle. */
  public EventProgress silent(boolean now) {
    return now == silent ? this : new EventProgress(maxEventMs, now);
  }
}
