package io.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What the figures depend on.
 *
 * @param processor its model, as Linux names it
 * @param cores that this process may use
 * @param memoryBytes of the machine
 * @param system name and version of the operating system
 * @param java the version of the JVM, which runs all processes
 */
record Machine(String processor, int cores, long memoryBytes, String system, String java) {

  static Machine here() {
    return new Machine(
        processor(lines("/proc/cpuinfo")),
        Runtime.getRuntime().availableProcessors(),
        memoryBytes(lines("/proc/meminfo")),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version().toString());
  }

  /** The load of the last minute, which says whether something else was running. */
  static String load() {
    List<String> lines = lines("/proc/loadavg");
    return lines.isEmpty() ? "unknown" : lines.get(0).split(" ", -1)[0];
  }

  static String processor(List<String> cpuinfo) {
    return value(cpuinfo, "model name", "a processor without a name");
  }

  static long memoryBytes(List<String> meminfo) {
    return Long.parseLong(value(meminfo, "MemTotal", "0").replaceAll("\\D", "")) << 10;
  }

  /** In one sentence. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %.0f GB of memory, %s, Java %s.",
        processor,
        cores,
        memoryBytes / 1e9,
        system,
        java);
  }

  private static String value(List<String> lines, String key, String otherwise) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(otherwise);
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      return List.of();
    }
  }
}
