package io.tidemark.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many clock ticks a second has, in which Linux counts CPU time.
 *
 * @param perSecond 100 on almost every machine
 */
record ClockTicks(long perSecond) {

  private static final long USUAL = 100;
  // Two readings one after the other are never the same; a wrong unit is wrong by a factor.
  private static final double TOLERANCE = 0.25;
  private static final double TOLERANCE_SECONDS = 0.5;

  /**
   * Asks {@code getconf}, takes 100 without it, and checks the answer by what the JVM says about
   * this process. Fails with TM-982 when they differ.
   */
  static ClockTicks ofThisMachine() {
    ClockTicks ticks = new ClockTicks(configured());
    ProcessHandle self = ProcessHandle.current();
    double ours = ticks.seconds(ProcessStat.of(self.pid()).cpuTicks());
    double jvm = self.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    ticks.require(ours, jvm);
    return ticks;
  }

  double seconds(long ticks) {
    return (double) ticks / perSecond;
  }

  void require(double ours, double jvm) {
    if (Math.abs(ours - jvm) > TOLERANCE_SECONDS + TOLERANCE * jvm) {
      throw BenchmarkErrors.ticksDiffer(perSecond, ours, jvm);
    }
  }

  private static long configured() {
    try {
      Process getconf = new ProcessBuilder("getconf", "CLK_TCK").start();
      if (!getconf.waitFor(10, TimeUnit.SECONDS)) {
        getconf.destroyForcibly();
        return USUAL;
      }
      try (var output = getconf.inputReader()) {
        return Long.parseLong(output.readLine().strip());
      }
    } catch (IOException | NumberFormatException | NullPointerException e) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }
}
