package io.tidemark.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Repeated figures of one thing.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param low the smallest
 * @param high the largest
 * @param count how many there are, at least one
 */
record Spread(double median, double low, double high, int count) {

  static Spread of(Collection<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no figures");
    }
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
  }

  /**
   * The smallest figure that this share of all figures does not exceed.
   *
   * @param share from 0 to 1
   */
  static long percentile(List<Long> figures, double share) {
    List<Long> sorted = figures.stream().sorted().toList();
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  /** The median, and with several figures the range: {@code 5.6 (5.4 to 6.1)}. */
  String text() {
    return count == 1
        ? number(median)
        : "%s (%s to %s)".formatted(number(median), number(low), number(high));
  }

  /** Two digits after the point below 10, one below 100, none above. */
  static String number(double figure) {
    String format = figure < 10 ? "%.2f" : figure < 100 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, figure);
  }
}
