package io.tidemark.windows.fold;

import io.tidemark.windows.config.WindowSpec;

/**
 * Arithmetic of tumbling and hopping windows. Hopping windows share slices, the longest pieces that
 * divide every window, so that a record is kept once although it is in several windows. All in
 * epoch microseconds.
 */
public final class Slices {

  private final long sizeMicros;
  private final long advanceMicros;
  private final long sliceMicros;

  /** A start of a window. */
  private final long startMicros;

  public Slices(WindowSpec window) {
    if (window.kind() == WindowSpec.Kind.SESSION) {
      throw new IllegalArgumentException("sessions have no slices");
    }
    this.sizeMicros = window.sizeMicros();
    this.advanceMicros = window.advanceMicros();
    this.sliceMicros = window.sliceMicros();
    this.startMicros = window.startMicros();
  }

  /** Length of a slice. */
  public long sliceMicros() {
    return sliceMicros;
  }

  /** Length of a window. */
  public long sizeMicros() {
    return sizeMicros;
  }

  /** How many slices a window has. */
  public int perWindow() {
    return Math.toIntExact(sizeMicros / sliceMicros);
  }

  /** Start of the slice that holds this time. */
  public long sliceOf(long eventMicros) {
    return eventMicros - Math.floorMod(eventMicros - startMicros, sliceMicros);
  }

  /** Start of the last window that holds the slice. */
  public long lastWindow(long slice) {
    return slice - Math.floorMod(slice - startMicros, advanceMicros);
  }

  /** Start of the first window that holds the slice. */
  public long firstWindow(long slice) {
    long earliest = slice + sliceMicros - sizeMicros;
    return earliest + Math.floorMod(startMicros - earliest, advanceMicros);
  }

  /** End of the last window that holds the slice: from then on its records are late. */
  public long lastEnd(long slice) {
    return lastWindow(slice) + sizeMicros;
  }

  /** Start of the first window that ends after this time. */
  public long firstWindowEndingAfter(long micros) {
    long earliest = micros - sizeMicros + 1;
    return earliest + Math.floorMod(startMicros - earliest, advanceMicros);
  }

  /** Start of the window after this one. */
  public long next(long window) {
    return window + advanceMicros;
  }
}
