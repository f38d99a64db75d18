package io.tidemark.windows.config;

/**
 * The windows of an aggregation, aligned to the epoch in UTC, start inclusive, end exclusive.
 *
 * @param sizeMicros length of a window, of a session the gap that ends it; whole milliseconds
 * @param advanceMicros distance of two starts; the size itself unless hopping
 */
public record WindowSpec(Kind kind, long sizeMicros, long advanceMicros) {

  /** So many slices a window may be made of: each is read with a reader of its own. */
  public static final int MOST_SLICES = 1000;

  /** The kinds of windows. */
  public enum Kind {
    TUMBLING,
    HOPPING,
    SESSION
  }

  public WindowSpec {
    if (sizeMicros < 1 || advanceMicros < 1 || advanceMicros > sizeMicros) {
      throw new IllegalArgumentException(kind + " windows of " + sizeMicros + "/" + advanceMicros);
    }
  }

  /** Windows side by side. */
  public static WindowSpec tumbling(long sizeMicros) {
    return new WindowSpec(Kind.TUMBLING, sizeMicros, sizeMicros);
  }

  /** Windows that overlap, or meet. */
  public static WindowSpec hopping(long sizeMicros, long advanceMicros) {
    return new WindowSpec(Kind.HOPPING, sizeMicros, advanceMicros);
  }

  /** Windows around records that follow each other closer than the gap. */
  public static WindowSpec session(long gapMicros) {
    return new WindowSpec(Kind.SESSION, gapMicros, gapMicros);
  }

  /** Length of the slices that windows are made of, the longest pieces that all of them share. */
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
