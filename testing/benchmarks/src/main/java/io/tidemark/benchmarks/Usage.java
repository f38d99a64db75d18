package io.tidemark.benchmarks;

/**
 * What a process used between two moments.
 *
 * @param cpuSeconds in user and system mode, of all threads
 * @param wallSeconds that passed
 * @param peakBytes the most memory that the process had since it was started
 */
record Usage(double cpuSeconds, double wallSeconds, long peakBytes) {

  /** CPU-seconds for a million of these records. */
  double cpuSecondsPerMillion(long records) {
    return cpuSeconds * 1e6 / records;
  }
}
