package io.tidemark.command.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Maps time to positions from left to right. A long time without events is folded: it takes a fixed
 * width, so that it does not squeeze everything else.
 */
final class TimeScale {

  /** A gap is longer than this number of usual intervals. */
  private static final int INTERVALS_PER_GAP = 5;

  /** A gap longer than this part of the whole time is folded. */
  private static final double LARGEST_PART = 0.25;

  private static final double FOLDED_PX = 70;

  /**
   * A time without a batch.
   *
   * @param folded whether it is narrower than its length on the scale
   */
  record Gap(long fromMs, long toMs, boolean folded) {
    long lengthMs() {
      return toMs - fromMs;
    }
  }

  private final double left;
  private final double pxPerMs;
  private final long startMs;
  private final long endMs;
  private final long usualMs;
  private final List<Gap> gaps = new ArrayList<>();

  /**
   * @param momentsMs when something happened, ascending, at least one
   * @param endMs where the scale ends, not before the last moment
   */
  TimeScale(double left, double right, long[] momentsMs, long endMs) {
    this.left = left;
    this.startMs = momentsMs[0];
    this.endMs = Math.max(endMs, startMs + 1);
    long[] intervals = new long[momentsMs.length - 1];
    for (int i = 0; i < intervals.length; i++) {
      intervals[i] = momentsMs[i + 1] - momentsMs[i];
    }
    long[] sorted = intervals.clone();
    Arrays.sort(sorted);
    long usual = sorted.length == 0 ? this.endMs - startMs : Math.max(1, sorted[sorted.length / 2]);
    this.usualMs = usual;
    long foldedMs = 0;
    int folds = 0;
    for (int i = 0; i <= intervals.length; i++) {
      long from = momentsMs[i];
      long to = i < intervals.length ? momentsMs[i + 1] : this.endMs;
      if (sorted.length > 0 && to - from > usual * INTERVALS_PER_GAP) {
        boolean folded = to - from > (this.endMs - startMs) * LARGEST_PART;
        gaps.add(new Gap(from, to, folded));
        foldedMs += folded ? to - from : 0;
        folds += folded ? 1 : 0;
      }
    }
    this.pxPerMs =
        (right - left - folds * FOLDED_PX) / Math.max(1, this.endMs - startMs - foldedMs);
  }

  /** The place of a moment. */
  double x(long ms) {
    double x = left + (ms - startMs) * pxPerMs;
    for (Gap gap : gaps) {
      if (gap.folded() && ms > gap.fromMs()) {
        long within = Math.min(ms, gap.toMs()) - gap.fromMs();
        x += within * (FOLDED_PX / gap.lengthMs() - pxPerMs);
      }
    }
    return x;
  }

  /** The width of a span that lies in no fold. */
  double width(long ms) {
    return ms * pxPerMs;
  }

  /** The width of the usual time between two moments. */
  double usualWidth() {
    return width(usualMs);
  }

  /** Times without a batch, in order. */
  List<Gap> gaps() {
    return gaps;
  }

  long startMs() {
    return startMs;
  }

  long endMs() {
    return endMs;
  }

  /** Round moments for labels, in order, at least this far apart and in no fold. */
  List<Long> ticks(double apartPx) {
    long[] steps = {
      1_000,
      5_000,
      15_000,
      30_000,
      60_000,
      300_000,
      600_000,
      900_000,
      1_800_000,
      3_600_000,
      7_200_000,
      10_800_000,
      21_600_000,
      43_200_000,
      86_400_000,
      172_800_000,
      604_800_000
    };
    long step = steps[steps.length - 1];
    for (int i = steps.length - 1; i >= 0; i--) {
      if (width(steps[i]) >= apartPx) {
        step = steps[i];
      }
    }
    List<Long> ticks = new ArrayList<>();
    double last = Double.NEGATIVE_INFINITY;
    long first = (startMs + step - 1) / step * step;
    for (long tick = first; tick <= endMs && ticks.size() < 200; tick += step) {
      long moment = tick;
      boolean hidden =
          gaps.stream()
              .anyMatch(gap -> gap.folded() && moment > gap.fromMs() && moment < gap.toMs());
      if (!hidden && x(tick) - last >= apartPx * 0.8) {
        ticks.add(tick);
        last = x(tick);
      } else if (hidden) {
        Gap gap =
            gaps.stream()
                .filter(g -> moment > g.fromMs() && moment < g.toMs())
                .findFirst()
                .orElseThrow();
        tick = Math.max(tick, gap.toMs() / step * step);
      }
    }
    return ticks;
  }
}
