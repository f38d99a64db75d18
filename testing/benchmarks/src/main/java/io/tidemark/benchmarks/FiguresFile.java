package io.tidemark.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Every single figure of a run as CSV, for those who compute with them. */
final class FiguresFile {

  private static final String HEADER =
      "suite,contestant,phase,round,records,cpu_seconds,wall_seconds,"
          + "peak_bytes,cpu_seconds_per_million,detail\n";

  private FiguresFile() {}

  static String csv(List<Measurement> measurements) {
    return measurements.stream().map(FiguresFile::line).collect(Collectors.joining("", HEADER, ""));
  }

  private static String line(Measurement figure) {
    Usage usage = figure.usage();
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%d,%d,%.2f,%.3f,%d,%.3f,%s%n",
        figure.suite().word(),
        quoted(figure.contestant()),
        quoted(figure.phase()),
        figure.round(),
        figure.records(),
        usage.cpuSeconds(),
        usage.wallSeconds(),
        usage.peakBytes(),
        figure.cpuSecondsPerMillion(),
        quoted(figure.detail()));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
