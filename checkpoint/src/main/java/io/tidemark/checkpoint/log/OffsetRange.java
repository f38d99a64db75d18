package io.tidemark.checkpoint.log;

/**
 * The offsets {@code [from, to)} of one topic-partition.
 *
 * @param from first offset, inclusive
 * @param to end offset, exclusive; equal to {@code from} when the range only pins a position
 * @param first true when it continues nothing: no batch and no segment had named the partition. Any
 *     other range is worth something only behind the one that it continues
 */
public record OffsetRange(long from, long to, boolean first) {

  /** A range that continues another one. */
  public OffsetRange(long from, long to) {
    this(from, to, false);
  }

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
