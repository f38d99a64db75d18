package io.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CPU time and memory of a process, out of two files of Linux.
 *
 * <pre>
 *   /proc/PID/stat     PID (command) state ppid .. 11 more .. utime stime ..
 *   /proc/PID/status   VmHWM:    123456 kB
 * </pre>
 *
 * The command may have spaces and parentheses, so the fields are counted from the last closing one.
 *
 * @param cpuTicks clock ticks in user and in system mode, of all threads
 * @param peakBytes the most memory that it had at any time
 */
record ProcessStat(long cpuTicks, long peakBytes) {

  private static final int USER_AFTER_COMMAND = 11;
  private static final String PEAK = "VmHWM:";

  /** Fails with TM-981 when there is no such process, or no Linux. */
  static ProcessStat of(long pid) {
    Path directory = Path.of("/proc", Long.toString(pid));
    try {
      return parse(
          Files.readString(directory.resolve("stat")),
          Files.readAllLines(directory.resolve("status")));
    } catch (IOException e) {
      throw BenchmarkErrors.unmeasurable(directory.resolve("stat"), e);
    }
  }

  static ProcessStat parse(String stat, List<String> status) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    long user = Long.parseLong(fields[USER_AFTER_COMMAND]);
    long system = Long.parseLong(fields[USER_AFTER_COMMAND + 1]);
    long peakKilobytes = 0;
    for (String line : status) {
      if (line.startsWith(PEAK)) {
        peakKilobytes =
            Long.parseLong(line.substring(PEAK.length()).strip().replaceAll("\\s*kB$", ""));
      }
    }
    return new ProcessStat(user + system, peakKilobytes << 10);
  }
}
