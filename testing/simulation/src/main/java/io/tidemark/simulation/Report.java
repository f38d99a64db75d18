package io.tidemark.simulation;

import java.util.List;
import java.util.stream.Collectors;

/** The report on a failed run: why it failed, how to repeat it, and what happened before. */
final class Report {

  private static final int LAST_LINES = 120;

  private Report() {}

  static Violation of(Simulation.Outcome failed) {
    Scenario smallest = new Shrinker().shrink(failed.scenario());
    Simulation.Outcome again = Simulation.run(smallest, true);
    Violation violation = again.violation() == null ? failed.violation() : again.violation();
    List<String> trace = again.trace();
    List<String> last = trace.subList(Math.max(0, trace.size() - LAST_LINES), trace.size());
    String message =
        "seed %d: %s%n%nshrunk: %s%nrepeat with: %s%n%n%s%n"
            .formatted(
                failed.scenario().seed(),
                failed.violation().getMessage(),
                violation.getMessage(),
                command(failed.scenario(), smallest),
                String.join(System.lineSeparator(), last));
    return new Violation(message, violation);
  }

  /** The options that make the shrunk scenario from its seed. */
  private static String command(Scenario whole, Scenario smallest) {
    String kept =
        smallest.disturbances().stream()
            .map(disturbance -> Integer.toString(whole.disturbances().indexOf(disturbance)))
            .collect(Collectors.joining(","));
    return "./simulate --seed %d --keep %s --records %d --tasks %d --partitions %s"
        .formatted(
            smallest.seed(),
            kept.isEmpty() ? "none" : kept,
            smallest.records(),
            smallest.tasks(),
            smallest.partitions().toString().replaceAll("[\\[\\] ]", ""));
  }
}
