package io.tidemark.checkpoint.log;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of a session: one run of a task over its partitions, in which every segment continues
 * the previous one.
 *
 * <pre>
 *   00003-0000002a-0001-5f1c2a9b
 *   task  epoch    start nonce
 * </pre>
 *
 * @param task number of the task
 * @param epoch counts the incarnations of a task from 1: a session of a lower epoch is over
 * @param start counts the sessions of one incarnation from 0: the incarnation starts another
 *     session when its chain breaks
 * @param nonce random hex of 8 digits, so that no two sessions ever have the same name
 */
public record SessionId(int task, int epoch, int start, String nonce)
    implements Comparable<SessionId> {

  private static final int MAX_START = 0xffff;
  private static final Comparator<SessionId> ORDER =
      Comparator.comparingInt(SessionId::task)
          .thenComparingInt(SessionId::epoch)
          .thenComparingInt(SessionId::start)
          .thenComparing(SessionId::nonce);

  public SessionId {
    if (task < 0 || epoch < 0 || start < 0 || start > MAX_START || !isNonce(nonce)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "not a session: task %d, epoch %d, start %d, nonce %s",
              task,
              epoch,
              start,
              nonce));
    }
  }

  /** Reads {@link #toString}'s form, or gives empty for any other text. */
  public static Optional<SessionId> tryParse(String text) {
    return FixedText.parts(text, 4).flatMap(SessionId::of);
  }

  /** Reads {@link #toString}'s form. */
  public static SessionId parse(String text) {
    return tryParse(text).orElseThrow(() -> new IllegalArgumentException("not a session: " + text));
  }

  /** The id in the first four parts of a name; empty when they are not an id. */
  static Optional<SessionId> of(String[] parts) {
    int task = FixedText.number(parts[0], 10, 5);
    int epoch = FixedText.number(parts[1], 16, 8);
    int start = FixedText.number(parts[2], 16, 4);
    return task >= 0 && epoch >= 0 && start >= 0 && start <= MAX_START && isNonce(parts[3])
        ? Optional.of(new SessionId(task, epoch, start, parts[3]))
        : Optional.empty();
  }

  private static boolean isNonce(String text) {
    return text.length() == 8 && FixedText.isNumber(text, 16);
  }

  /** The session that the same incarnation of the task starts after this one. */
  public SessionId restarted(String newNonce) {
    return start < MAX_START
        ? new SessionId(task, epoch, start + 1, newNonce)
        : new SessionId(task, epoch + 1, 0, newNonce);
  }

  /** Whether this one is superseded by a later session of the same task. */
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
    StringBuilder text = new StringBuilder(28);
    FixedText.append(text, task, 10, 5);
    text.append('-');
    FixedText.append(text, epoch, 16, 8);
    text.append('-');
    FixedText.append(text, start, 16, 4);
    return text.append('-').append(nonce).toString();
  }
}
