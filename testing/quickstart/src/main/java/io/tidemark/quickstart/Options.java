package io.tidemark.quickstart;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the command line asks for. */
@Command(name = "quickstart")
final class Options {

  private static final int FEWEST_RECORDS = 10_000;
  private static final int MOST_RECORDS = 50_000_000;

  @Option(names = "--records", paramLabel = "N", description = "orders to produce")
  int records = 300_000;

  @Option(names = "--keep", description = "leave broker and worker up until Ctrl-C")
  boolean keep;

  @Option(names = "--s3", description = "keep tables and checkpoint locations on an S3 server")
  boolean s3;

  /**
   * @throws ParameterException says what is wrong in one line
   */
  static Options parse(String... arguments) {
    Options options = new Options();
    CommandLine line = new CommandLine(options);
    line.parseArgs(arguments);
    if (options.records < FEWEST_RECORDS || options.records > MOST_RECORDS) {
      throw new ParameterException(
          line,
          "--records takes a number from %d to %d, not %d."
              .formatted(FEWEST_RECORDS, MOST_RECORDS, options.records));
    }
    return options;
  }
}
