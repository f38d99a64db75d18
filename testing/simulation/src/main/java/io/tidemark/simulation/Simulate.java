package io.tidemark.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line: many seeds, or one with its trace. */
public final class Simulate {

  private static final Set<String> OPTIONS =
      Set.of(
          "--seeds",
          "--first",
          "--threads",
          "--seed",
          "--keep",
          "--records",
          "--tasks",
          "--partitions");
  private static final long PROGRESS_NS = 5_000_000_000L;

  private Simulate() {}

  /** Exits with 0 when every seed held, with 1 when one did not, with 2 on a bad option. */
  public static void main(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
        System.err.println("simulate: " + arguments[i] + " is no option with a value; see --help");
        System.exit(2);
      }
      options.put(arguments[i], arguments[i + 1]);
    }
    try {
      System.exit(options.containsKey("--seed") ? one(options) : many(options));
    } catch (NumberFormatException e) {
      System.err.println("simulate: not a number: " + e.getMessage());
      System.exit(2);
    }
  }

  private static int many(Map<String, String> options) {
    long count = Long.parseLong(options.getOrDefault("--seeds", "2000"));
    long first = Long.parseLong(options.getOrDefault("--first", "1"));
    int threads =
        Integer.parseInt(
            options.getOrDefault(
                "--threads", Integer.toString(Runtime.getRuntime().availableProcessors())));
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

  private static int one(Map<String, String> options) {
    Simulation.Outcome outcome = Simulation.run(scenario(options), true);
    outcome.trace().forEach(System.out::println);
    System.out.println(outcome.scenario());
    System.out.println(outcome.violation() == null ? "It held." : outcome.violation().getMessage());
    return outcome.violation() == null ? 0 : 1;
  }

  private static Scenario scenario(Map<String, String> options) {
    Scenario scenario = Scenario.of(Long.parseLong(options.get("--seed")));
    if (options.containsKey("--keep")) {
      List<Disturbance> kept = new ArrayList<>();
      for (int index : numbers(options.get("--keep"))) {
        kept.add(scenario.disturbances().get(index));
      }
      scenario = scenario.withDisturbances(kept);
    }
    if (options.containsKey("--records")) {
      scenario = scenario.withRecords(Integer.parseInt(options.get("--records")));
    }
    if (options.containsKey("--tasks")) {
      scenario = scenario.withTasks(Integer.parseInt(options.get("--tasks")));
    }
    if (options.containsKey("--partitions")) {
      scenario = scenario.withPartitions(numbers(options.get("--partitions")));
    }
    return scenario;
  }

  private static List<Integer> numbers(String text) {
    return text.equals("none")
        ? List.of()
        : Arrays.stream(text.split(",")).map(Integer::parseInt).toList();
  }
}
