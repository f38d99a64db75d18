package io.tidemark.checkpoint.log;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unique name of a segment, also the prefix of the names of its data files.
 *
 * <pre>
 *   00003-5f1c2a9be07d4412-000017
 *   task  session          sequence
 * </pre>
 *
 * @param task number of the task that sealed it
 * @param session random hex of one uninterrupted run of a task; a zombie has another one
 * @param sequence counts the segments of a session from 0
 */
public record SegmentId(int task, String session, int sequence) implements Comparable<SegmentId> {

  private static final Pattern TEXT = Pattern.compile("([0-9]{5,9})-([0-9a-f]{16})-([0-9]{6,9})");
  private static final Comparator<SegmentId> ORDER =
      Comparator.comparingInt(SegmentId::task)
          .thenComparing(SegmentId::session)
          .thenComparingInt(SegmentId::sequence);

  public SegmentId {
    if (task < 0 || sequence < 0 || !session.matches("[0-9a-f]{16}")) {
      throw new IllegalArgumentException(
          "not a segment id: task " + task + ", session " + session + ", sequence " + sequence);
    }
  }

  /** Reads {@link #toString}'s form. */
  public static SegmentId parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a segment id: " + text);
    }
    return new SegmentId(
        Integer.parseInt(matcher.group(1)), matcher.group(2), Integer.parseInt(matcher.group(3)));
  }

  /** The next segment of the same session. */
  public SegmentId next() {
    return new SegmentId(task, session, sequence + 1);
  }

  @Override
  public int compareTo(SegmentId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return String.format("%05d-%s-%06d", task, session, sequence);
  }
}
