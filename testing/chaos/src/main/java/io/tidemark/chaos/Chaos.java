package io.tidemark.chaos;

import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.ParameterException;

/** The command line: a run of some minutes, its report, and an exit code. */
public final class Chaos {

  private Chaos() {}

  /** Expects the properties {@code tidemark.chaos.directory} and {@code tidemark.plugin.zip}. */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      Options options = Options.parse(arguments);
      Setup setup =
          new Setup(
              Path.of(System.getProperty("tidemark.chaos.directory")),
              Path.of(System.getProperty("tidemark.plugin.zip")),
              options.seed,
              options.workers,
              "512m",
              options.recordsPerSecond,
              options.s3);
      Report report = new ChaosRun(setup, System.out).during(Duration.ofMinutes(options.minutes));
      System.out.println();
      report.lines().forEach(System.out::println);
      System.exit(report.good() ? 0 : 1);
    } catch (TidemarkException | ParameterException e) {
      System.out.println();
      System.out.println(e.getMessage());
      System.exit(1);
    } catch (IOException e) {
      System.out.println();
      System.out.println("Cannot read or write the files of the run: " + e);
      System.exit(1);
    }
  }
}
