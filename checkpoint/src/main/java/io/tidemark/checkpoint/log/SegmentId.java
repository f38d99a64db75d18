package io.tidemark.checkpoint.log;

import java.util.Comparator;
import java.util.Optional;

/**
 * The unique name of a segment, also the prefix of the names of its data files.
 *
 * <pre>
 *   00003-0000002a-0001-5f1c2a9b-000017
 *   session                      sequence
 * </pre>
 *
 * @param session the run of a task that seals it
 * @param sequence counts the segments of a session from 0, without gaps
 */
public record SegmentId(SessionId session, int sequence) implements Comparable<SegmentId> {

  private static final Comparator<SegmentId> ORDER =
      Comparator.comparing(SegmentId::session).thenComparingInt(SegmentId::sequence);

  public SegmentId {
    if (sequence < 0) {
      throw new IllegalArgumentException("not a segment id: " + session + ", " + sequence);
    }
  }

  /** Reads {@link #toString}'s form. */
  public static SegmentId parse(String text) {
    return tryParse(text)
        .orElseThrow(() -> new IllegalArgumentException("not a segment id: " + text));
  }

  /** Reads {@link #toString}'s form, or gives empty for any other text. */
  public static Optional<SegmentId> tryParse(String text) {
    return FixedText.parts(text, 5)
        .flatMap(
            parts -> {
              int sequence = FixedText.number(parts[4], 10, 6);
              return sequence < 0
                  ? Optional.empty()
                  : SessionId.of(parts).map(session -> new SegmentId(session, sequence));
            });
  }

  /** Number of the task that seals it. */
  public int task() {
    return session.task();
  }

  /** The next segment of the same session. */
  public SegmentId next() {
    return new SegmentId(session, sequence + 1);
  }

  @Override
  public int compareTo(SegmentId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(36).append(session).append('-');
    FixedText.append(text, sequence, 10, 6);
    return text.toString();
  }
}
