package io.tidemark.benchmarks;

/**
 * One figure of a run with all that belongs to it.
 *
 * @param suite in which it was made
 * @param contestant its name
 * @param phase {@code cold}, {@code warm} or what else tells figures of one contestant apart
 * @param round from 1
 * @param records that the run took
 * @param usage of the process
 * @param detail may be empty
 */
record Measurement(
    Suite suite,
    String contestant,
    String phase,
    int round,
    long records,
    Usage usage,
    String detail) {

  static final String COLD = "cold";
  static final String WARM = "warm";

  double cpuSecondsPerMillion() {
    return usage.cpuSecondsPerMillion(records);
  }

  double recordsPerSecond() {
    return records / usage.wallSeconds();
  }
}
