package io.tidemark.windows.close;

import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.fold.Accumulators;
import io.tidemark.windows.fold.Slices;
import io.tidemark.windows.fold.WindowFold;
import io.tidemark.windows.run.MergingReader;
import io.tidemark.windows.run.RunReader;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Closes tumbling and hopping windows: merges the partials of each window's slices out of all runs.
 * Streaming; it uses only the memory of the open runs. All times in epoch microseconds.
 */
public final class WindowClosing {

  private static final byte[] BEGINNING = {};

  private final Slices slices;
  private final Accumulators.Group group;
  private final ByteReader value = new ByteReader();

  public WindowClosing(Slices slices, Accumulators layout) {
    this.slices = slices;
    this.group = layout.group();
  }

  /**
   * Emits every window with records that ends after {@code after} and not after {@code upto},
   * ordered by time, then by key.
   *
   * @param after empty for all earlier windows
   * @param runs the runs that may hold slices of such windows, in the order of merging; each run
   *     has as many readers as a window has slices. Closed when this returns
   */
  public void close(
      OptionalLong after, long upto, List<? extends RunReader> runs, ClosedWindows closed)
      throws IOException {
    int perWindow = slices.perWindow();
    List<SliceReader> readers = runs.stream().map(SliceReader::new).toList();
    try (MergingReader merging = new MergingReader(readers)) {
      OptionalLong window =
          after.isPresent()
              ? OptionalLong.of(slices.firstWindowEndingAfter(after.getAsLong()))
              : windowFrom(Long.MIN_VALUE, Long.MIN_VALUE, readers, perWindow);
      while (window.isPresent() && window.getAsLong() + slices.sizeMicros() <= upto) {
        long start = window.getAsLong();
        for (int i = 0; i < readers.size(); i++) {
          readers.get(i).slice(start + (i % perWindow) * slices.sliceMicros());
        }
        boolean any = close(start, merging, closed);
        long next = slices.next(start);
        window = any ? OptionalLong.of(next) : windowFrom(next, next, readers, perWindow);
      }
    }
  }

  /**
   * The number of records in slices whose last window ended at or before {@code closed}. They are
   * too late for any window.
   */
  public long lateRows(long closed, RunReader run) throws IOException {
    long rows = 0;
    boolean more = run.next();
    while (more && slices.lastEnd(WindowFold.readTime(run.key())) <= closed) {
      rows += value.reset(run.value(), 0, run.valueLength()).readVarint();
      more = run.next();
    }
    return rows;
  }

  /** The first window at or after {@code least} that has a slice at or after {@code micros}. */
  private OptionalLong windowFrom(long micros, long least, List<SliceReader> readers, int perWindow)
      throws IOException {
    OptionalLong slice = OptionalLong.empty();
    for (int i = 0; i < readers.size(); i += perWindow) {
      OptionalLong first = readers.get(i).firstFrom(micros);
      if (first.isPresent() && (slice.isEmpty() || first.getAsLong() < slice.getAsLong())) {
        slice = first;
      }
    }
    return slice.isEmpty()
        ? slice
        : OptionalLong.of(Math.max(least, slices.firstWindow(slice.getAsLong())));
  }

  private boolean close(long start, MergingReader merging, ClosedWindows closed)
      throws IOException {
    boolean any = false;
    merging.seek(BEGINNING);
    while (merging.nextKey()) {
      group.clear();
      while (merging.nextValue()) {
        group.merge(value.reset(merging.value(), 0, merging.valueLength()));
      }
      closed.closed(
          start, start + slices.sizeMicros(), merging.key(), 0, merging.keyLength(), group);
      any = true;
    }
    return any;
  }
}
