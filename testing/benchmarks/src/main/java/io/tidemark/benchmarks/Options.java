package io.tidemark.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What the command line asks for. */
@Command(name = "benchmarks")
final class Options {

  @Parameters(arity = "1..*", paramLabel = "SUITE", description = "sink, source, .. or all")
  List<String> words = new ArrayList<>();

  @Option(names = "--records", paramLabel = "N", description = "orders in the topic")
  long records = 1_000_000;

  @Option(names = "--repeat", paramLabel = "N", description = "fresh processes per contestant")
  int repeat = 3;

  @Option(names = "--s3", description = "measure on an S3 server as well")
  boolean s3;

  @Option(names = "--without", split = ",", paramLabel = "WORD", description = "leave out")
  List<String> without = new ArrayList<>();

  @Option(names = "--converter", paramLabel = "CLASS", description = "our own JSON converter")
  String converter = "io.tidemark.converters.JsonConverter";

  @Option(names = "--heap", paramLabel = "SIZE", description = "of each measured process")
  String heap = "2g";

  @Option(names = "--tasks", split = ",", paramLabel = "N", description = "for scale")
  List<Integer> tasks = new ArrayList<>(List.of(1, 2));

  @Option(names = "--versions", split = ",", paramLabel = "N", description = "for scale")
  List<Integer> versions = new ArrayList<>(List.of(100, 300));

  @Option(names = "--rate", paramLabel = "N", description = "records a second, for latency")
  int rate = 1000;

  @Option(names = "--seconds", paramLabel = "N", description = "how long, for latency")
  int seconds = 60;

  @Option(names = "--dir", paramLabel = "DIR", description = "for the files of the run")
  Path directory;

  @Option(names = "--publish", description = "write the results to docs/benchmarks.md")
  boolean publish;

  /**
   * @throws ParameterException says what is wrong in one line
   */
  static Options parse(String... arguments) {
    Options options = new Options();
    CommandLine line = new CommandLine(options);
    line.parseArgs(arguments);
    for (String word : options.words) {
      if (!word.equals("all") && !known(word)) {
        throw new ParameterException(
            line,
            ("\"%s\" is nothing to measure. Take some of sink, source, windows, scale and "
                    + "latency, or all.")
                .formatted(word));
      }
    }
    require(line, "--records", options.records, 10_000, 100_000_000);
    require(line, "--repeat", options.repeat, 1, 100);
    require(line, "--rate", options.rate, 1, 100_000);
    require(line, "--seconds", options.seconds, 10, 86_400);
    options.tasks.forEach(tasks -> require(line, "--tasks", tasks, 1, ScaleSuite.PARTITIONS));
    options.versions.forEach(version -> require(line, "--versions", version, 20, 100_000));
    return options;
  }

  /** In the order in which they are measured. */
  Set<Suite> suites() {
    Set<Suite> suites = EnumSet.noneOf(Suite.class);
    for (Suite suite : Suite.values()) {
      if (words.contains("all") || words.contains(suite.word())) {
        suites.add(suite);
      }
    }
    return suites;
  }

  private static boolean known(String word) {
    return List.of(Suite.values()).stream().anyMatch(suite -> suite.word().equals(word));
  }

  private static void require(CommandLine line, String option, long number, long low, long high) {
    if (number < low || number > high) {
      throw new ParameterException(
          line, "%s takes a number from %d to %d, not %d.".formatted(option, low, high, number));
    }
  }
}
