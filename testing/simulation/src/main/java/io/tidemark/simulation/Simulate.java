package io.tidemark.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line: many seeds, or one with its trace. */
@Command(name = "simulate")
public final class Simulate implements Callable<Integer> {

  private static final long PROGRESS_NS = 5_000_000_000L;

  @Option(names = "--seeds", paramLabel = "N", description = "how many seeds")
  private long count = 2000;

  @Option(names = "--first", paramLabel = "S", description = "the first seed")
  private long first = 1;

  @Option(names = "--threads", paramLabel = "T", description = "seeds at a time")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--seed", paramLabel = "S", description = "run one seed, print what happened")
  private Long seed;

  @Option(names = "--keep", paramLabel = "I,J,..|none", description = "what may happen in it")
  private Numbers keep;

  @Option(names = "--records", paramLabel = "N", description = "records of the one seed")
  private Integer records;

  @Option(names = "--tasks", paramLabel = "N", description = "tasks of the one seed")
  private Integer tasks;

  @Option(names = "--partitions", paramLabel = "N,M,..", description = "its partitions")
  private Numbers partitions;

  private record Numbers(List<Integer> list) {

    static Numbers parse(String text) {
      return new Numbers(
          text.equals("none")
              ? List.of()
              : Arrays.stream(text.split(",")).map(Integer::parseInt).toList());
    }
  }

  private Simulate() {}

  /** Exits with 0 when every seed held, with 1 when one did not, with 2 on a bad option. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Simulate())
            .registerConverter(Numbers.class, Numbers::parse)
            .execute(arguments));
  }

  @Override
  public Integer call() {
    return seed == null ? many() : one();
  }

  private int many() {
    long start = System.nanoTime();
    long[] lastNs = {start};
    try {
      Campaign.Totals totals =
          Campaign.run(
              first,
              count,
              threads,
              soFar -> {
                if (System.nanoTime() - lastNs[0] > PROGRESS_NS) {
                  lastNs[0] = System.nanoTime();
                  System.out.printf("%6d s  %s%n", (lastNs[0] - start) / 1_000_000_000, soFar);
                }
              });
      System.out.printf(
          "All held, from %d on, in %d s. %s%n",
          first, (System.nanoTime() - start) / 1_000_000_000, totals);
      return 0;
    } catch (Violation violation) {
      System.out.println(violation.getMessage());
      return 1;
    }
  }

  private int one() {
    Simulation.Outcome outcome = Simulation.run(scenario(), true);
    outcome.trace().forEach(System.out::println);
    System.out.println(outcome.scenario());
    System.out.println(outcome.violation() == null ? "It held." : outcome.violation().getMessage());
    return outcome.violation() == null ? 0 : 1;
  }

  private Scenario scenario() {
    Scenario scenario = Scenario.of(seed);
    if (keep != null) {
      scenario =
          scenario.withDisturbances(
              keep.list().stream().map(scenario.disturbances()::get).toList());
    }
    if (records != null) {
      scenario = scenario.withRecords(records);
    }
    if (tasks != null) {
      scenario = scenario.withTasks(tasks);
    }
    return partitions == null ? scenario : scenario.withPartitions(partitions.list());
  }
}
