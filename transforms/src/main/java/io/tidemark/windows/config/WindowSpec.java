package io.tidemark.windows.config;

/**
 * The windows of an aggregation, aligned to the epoch in UTC, start inclusive, end exclusive.
 *
 * @param sizeMicros length of a window, or the gap that ends a session; a multiple of 1000
 * @param advanceMicros distance between two starts; equal to the size unless hopping
 */
public record WindowSpec(Kind kind, long sizeMicros, long advanceMicros) {

  /** The maximum number of slices of a window: each has its own reader. */
  public static final int MOST_SLICES = 1000;

  /** The kinds of windows. */
  public enum Kind {
    TUMBLING,
    HOPPING,
    SESSION,
    /** None: the first record of each key is kept, and nothing is aggregated. */
    DISTINCT
  }

  public WindowSpec {
    if (sizeMicros < 1 || advanceMicros < 1 || advanceMicros > sizeMicros) {
      throw new IllegalArgumentException(kind + " windows of " + sizeMicros + "/" + advanceMicros);
    }
  }

  /** Windows without overlap or gap. */
  public static WindowSpec tumbling(long sizeMicros) {
    return new WindowSpec(Kind.TUMBLING, sizeMicros, sizeMicros);
  }

  /** Windows that may overlap. */
  public static WindowSpec hopping(long sizeMicros, long advanceMicros) {
    return new WindowSpec(Kind.HOPPING, sizeMicros, advanceMicros);
  }

  /** Windows around records that are closer together than the gap. */
  public static WindowSpec session(long gapMicros) {
    return new WindowSpec(Kind.SESSION, gapMicros, gapMicros);
  }

  /** In place of the windows of a deduplication. */
  public static WindowSpec distinct() {
    return new WindowSpec(Kind.DISTINCT, 1, 1);
  }

  /** Length of the slices that windows are made of: the longest pieces that divide every window. */
  public long sliceMicros() {
    return gcd(sizeMicros, advanceMicros);
  }

  /** How many slices a window is made of. */
  public long slices() {
    return sizeMicros / sliceMicros();
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
