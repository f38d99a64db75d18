package io.tidemark.checkpoint.log;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a session: one run of a task over its partitions, in which every segment continues
 * the one before.
 *
 * <pre>
 *   00003-0000002a-0001-5f1c2a9b
 *   task  epoch    start nonce
 * </pre>
 *
 * @param task number of the task
 * @param epoch counts the incarnations of a task from 1: a session of a lower epoch is over
 * @param start counts the sessions of one incarnation from 0: it starts over when its chain broke
 * @param nonce random hex of 8 digits, so that no two sessions ever have one name
 */
public record SessionId(int task, int epoch, int start, String nonce)
    implements Comparable<SessionId> {

  /** What {@link #toString} gives, as a group of a regular expression. */
  static final String TEXT = "([0-9]{5,9})-([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{8})";

  private static final Pattern PATTERN = Pattern.compile(TEXT);
  private static final int MAX_START = 0xffff;
  private static final Comparator<SessionId> ORDER =
      Comparator.comparingInt(SessionId::task)
          .thenComparingInt(SessionId::epoch)
          .thenComparingInt(SessionId::start)
          .thenComparing(SessionId::nonce);

  public SessionId {
    if (task < 0 || epoch < 0 || start < 0 || start > MAX_START || !nonce.matches("[0-9a-f]{8}")) {
      throw new IllegalArgumentException(
          "not a session: task %d, epoch %d, start %d, nonce %s"
              .formatted(task, epoch, start, nonce));
    }
  }

  /** Reads {@link #toString}'s form. */
  public static SessionId parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a session: " + text);
    }
    return new SessionId(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2), 16),
        Integer.parseInt(matcher.group(3), 16),
        matcher.group(4));
  }

  /** The session that the same incarnation of the task starts after this one. */
  public SessionId restarted(String newNonce) {
    return start < MAX_START
        ? new SessionId(task, epoch, start + 1, newNonce)
        : new SessionId(task, epoch + 1, 0, newNonce);
  }

  /** Whether a later session of the same task makes this one a thing of the past. */
  public boolean isSupersededBy(SessionId other) {
    return task == other.task
        && (epoch < other.epoch || (epoch == other.epoch && start < other.start));
  }

  /** The first segment of the session. */
  public SegmentId firstSegment() {
    return new SegmentId(this, 0);
  }

  @Override
  public int compareTo(SessionId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return String.format("%05d-%08x-%04x-%s", task, epoch, start, nonce);
  }
}
