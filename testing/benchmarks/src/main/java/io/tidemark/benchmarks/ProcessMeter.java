package io.tidemark.benchmarks;

/** Measures a running process from one moment on. */
final class ProcessMeter {

  private final long pid;
  private final ClockTicks clock;
  private final long startTicks;
  private final long startNanos;

  private ProcessMeter(long pid, ClockTicks clock) {
    this.pid = pid;
    this.clock = clock;
    this.startTicks = ProcessStat.of(pid).cpuTicks();
    this.startNanos = System.nanoTime();
  }

  static ProcessMeter start(long pid, ClockTicks clock) {
    return new ProcessMeter(pid, clock);
  }

  /** What the process has used until now. */
  Usage usage() {
    long wallNanos = System.nanoTime() - startNanos;
    ProcessStat now = ProcessStat.of(pid);
    return new Usage(clock.seconds(now.cpuTicks() - startTicks), wallNanos / 1e9, now.peakBytes());
  }
}
