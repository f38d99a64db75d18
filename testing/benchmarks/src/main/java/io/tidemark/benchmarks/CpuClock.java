package io.tidemark.benchmarks;

import java.lang.management.ManagementFactory;

/** CPU time and allocation of the current thread, since it was made or reset. */
final class CpuClock {

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long nanos;
  private long bytes;

  CpuClock() {
    reset();
  }

  void reset() {
    nanos = THREADS.getCurrentThreadCpuTime();
    bytes = THREADS.getCurrentThreadAllocatedBytes();
  }

  /** Nanoseconds of CPU. */
  long nanos() {
    return THREADS.getCurrentThreadCpuTime() - nanos;
  }

  /** Bytes allocated. */
  long bytes() {
    return THREADS.getCurrentThreadAllocatedBytes() - bytes;
  }
}
