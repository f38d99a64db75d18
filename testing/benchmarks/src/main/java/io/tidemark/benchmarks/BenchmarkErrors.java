package io.tidemark.benchmarks;

import io.tidemark.common.TidemarkException;
import java.nio.file.Path;

/** Every error of a benchmark run, codes {@code TM-979} to {@code TM-989}. */
final class BenchmarkErrors {

  private BenchmarkErrors() {}

  static TidemarkException unmeasurable(Path file, Exception cause) {
    return TidemarkException.of(
        "TM-981",
        cause,
        """
        Cannot read %s, by which processes are measured. Either the process has ended, then its log
        says why, or this is not Linux. Run the benchmarks on Linux.""",
        file);
  }

  static TidemarkException ticksDiffer(long ticksPerSecond, double ours, double jvm) {
    return TidemarkException.of(
        "TM-982",
        """
        The CPU time of this process is %.2f s by %d clock ticks a second, and %.2f s by the JVM. The
        figures would be wrong by the same factor. Check the output of: getconf CLK_TCK.""",
        ours,
        ticksPerSecond,
        jvm);
  }

  static TidemarkException notFetched(String peer, Path log) {
    return TidemarkException.of(
        "TM-983",
        """
        Maven could not fetch the jars of %s. Its output is in %s. Check the network, or leave this
        contestant out with --without.""",
        peer,
        log);
  }

  static TidemarkException connectorFailed(String connector, String state, Path log) {
    return TidemarkException.of(
        "TM-984",
        "Connector %s or one of its tasks is %s. The reason is in the log of its worker, %s.",
        connector,
        state,
        log);
  }

  static TidemarkException programFailed(String program, Path log) {
    return TidemarkException.of(
        "TM-985",
        "%s did not finish its run. The reason is at the end of its log, %s.",
        program,
        log);
  }

  static TidemarkException countDiffers(String contestant, String found, long expected) {
    return TidemarkException.of(
        "TM-986",
        """
        The result of %s has %s, and %d records were sent. Its figures say nothing. Check the log of
        its worker.""",
        contestant,
        found,
        expected);
  }

  static TidemarkException rowsUnknown(Path version) {
    return TidemarkException.of(
        "TM-987",
        """
        %s adds a file without numRecords, so rows cannot be counted by the log of the table. Only
        tables with statistics can be measured.""",
        version);
  }

  static TidemarkException marksMissing(Path page) {
    return TidemarkException.of(
        "TM-988",
        """
        %s has no lines that enclose its generated part, so the results were not written to it. Put
        them back, or run without --publish.""",
        page);
  }

  static TidemarkException directoryUsed(Path directory) {
    return TidemarkException.of(
        "TM-989",
        "%s is not empty. A run would mix its files with those. Name another directory with --dir.",
        directory);
  }

  static TidemarkException fileFailed(String action, Path file, Exception cause) {
    return TidemarkException.of(
        "TM-980",
        cause,
        "Cannot %s %s: %s. Check its directory, its rights and the disk.",
        action,
        file,
        cause.getMessage());
  }

  static TidemarkException notSent(String topic, Exception cause) {
    return TidemarkException.of(
        "TM-979",
        cause,
        "Topic %s could not be filled: %s. Check the log of the broker.",
        topic,
        cause.getMessage());
  }
}
