package io.tidemark.checkpoint.log;

/**
 * The offsets {@code [from, to)} of one topic-partition.
 *
 * @param from first offset, inclusive
 * @param to end offset, exclusive; equal to {@code from} when the range only pins a position
 */
public record OffsetRange(long from, long to) {

  public OffsetRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("not an offset range: [" + from + ", " + to + ")");
    }
  }

  /** True when the range names a position and holds no offset. */
  public boolean isEmpty() {
    return from == to;
  }

  @Override
  public String toString() {
    return "[" + from + ", " + to + ")";
  }
}
