package io.tidemark.checkpoint.log;

/**
 * The offsets {@code [from, to)} of one topic-partition.
 *
 * @param from first offset, inclusive
 * @param to end offset, exclusive; equal to {@code from} when the range only pins a position
 * @param first true when no earlier batch or segment named the partition. Any other range can be
 *     accepted only after the range that it continues
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

  /** True when the range is empty and only records a position. */
  public boolean isEmpty() {
    return from == to;
  }

  @Override
  public String toString() {
    return "[" + from + ", " + to + ")";
  }
}
