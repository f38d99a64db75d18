package io.tidemark.chaos;

import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the command line asks for. */
@Command(name = "chaos")
final class Options {

  @Option(names = "--minutes", paramLabel = "N", description = "how long the storm rages")
  int minutes = 30;

  @Option(names = "--seed", paramLabel = "S", description = "decides what happens")
  long seed = ThreadLocalRandom.current().nextLong(1_000_000);

  @Option(names = "--workers", paramLabel = "N", description = "number of Connect workers")
  int workers = 3;

  @Option(names = "--rate", paramLabel = "N", description = "records a second")
  int recordsPerSecond = 1000;

  @Option(names = "--s3", description = "keep tables and checkpoint locations on an S3 server")
  boolean s3;

  /**
   * @throws ParameterException says what is wrong in one line
   */
  static Options parse(String... arguments) {
    Options options = new Options();
    CommandLine line = new CommandLine(options);
    line.parseArgs(arguments);
    require(line, "--minutes", options.minutes, 1, 10_000);
    require(line, "--workers", options.workers, 1, 10);
    require(line, "--rate", options.recordsPerSecond, 50, 100_000);
    return options;
  }

  private static void require(CommandLine line, String option, int number, int low, int high) {
    if (number < low || number > high) {
      throw new ParameterException(
          line, "%s takes a number from %d to %d, not %d.".formatted(option, low, high, number));
    }
  }
}
