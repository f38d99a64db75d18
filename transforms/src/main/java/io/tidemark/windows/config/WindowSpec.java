package io.tidemark.windows.config;

import java.util.Optional;

/**
 * The windows of an aggregation, start inclusive, end exclusive.
 *
 * @param sizeMicros length of a window, or the gap that ends a session; a multiple of 1000; 0 if
 *     each record has its own gap
 * @param advanceMicros distance between two starts; equal to the size unless hopping
 * @param startMicros a time, relative to the epoch in UTC, at which a window starts; nearer to the
 *     epoch than the advance
 * @param gap the gap after a record, in milliseconds or as an interval; empty if it is the size
 */
public record WindowSpec(
    Kind kind, long sizeMicros, long advanceMicros, long startMicros, Optional<Input> gap) {

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
    boolean ofRecords = kind == Kind.SESSION && gap.isPresent();
    if ((ofRecords ? sizeMicros != 0 : sizeMicros < 1)
        || advanceMicros < (ofRecords ? 0 : 1)
        || advanceMicros > sizeMicros
        || (startMicros != 0 && Math.abs(startMicros) >= advanceMicros)) {
      throw new IllegalArgumentException(
          kind + " windows of " + sizeMicros + "/" + advanceMicros + " from " + startMicros);
    }
  }

  /** Windows without overlap or gap. */
  public static WindowSpec tumbling(long sizeMicros) {
    return new WindowSpec(Kind.TUMBLING, sizeMicros, sizeMicros, 0, Optional.empty());
  }

  /** Windows that may overlap. */
  public static WindowSpec hopping(long sizeMicros, long advanceMicros) {
    return new WindowSpec(Kind.HOPPING, sizeMicros, advanceMicros, 0, Optional.empty());
  }

  /** Windows around records that are closer together than the gap. */
  public static WindowSpec session(long gapMicros) {
    return new WindowSpec(Kind.SESSION, gapMicros, gapMicros, 0, Optional.empty());
  }

  /** Windows around records, each of which has a gap of its own. */
  public static WindowSpec session(Input gap) {
    return new WindowSpec(Kind.SESSION, 0, 0, 0, Optional.of(gap));
  }

  /** The same windows, of which one starts at this time. */
  public WindowSpec startingAt(long micros) {
    return new WindowSpec(kind, sizeMicros, advanceMicros, micros, gap);
  }

  /** In place of the windows of a deduplication. */
  public static WindowSpec distinct() {
    return new WindowSpec(Kind.DISTINCT, 1, 1, 0, Optional.empty());
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
