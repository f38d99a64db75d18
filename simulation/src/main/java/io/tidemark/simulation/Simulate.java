package io.tidemark.simulation;

/** Runs seeds until one fails or the number is reached. */
public final class Simulate {

  private Simulate() {}

  /** {@code [first seed] [count]}. */
  public static void main(String[] arguments) {
    long first = Long.parseLong(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    long start = System.nanoTime();
    long operations = 0;
    int bad = 0;
    int batches = 0;
    int rejected = 0;
    int failed = 0;
    for (long seed = first; seed < first + count; seed++) {
      Simulation.Outcome outcome = Simulation.run(Scenario.of(seed), false);
      operations += outcome.operations();
      batches += outcome.batches();
      rejected += outcome.rejectedSegments();
      failed += outcome.failedTasks();
      if (outcome.violation() != null) {
        System.out.println("seed " + seed + ": " + outcome.violation());
        if (bad++ == 0 && count < 2) {
          Simulation.Outcome again = Simulation.run(Scenario.of(seed), true);
          again.trace().forEach(System.out::println);
          System.out.println(again.scenario());
          System.out.println(again.violation());
          again.violation().printStackTrace();
        }
        if (bad > 20) {
          break;
        }
      }
    }
    System.out.println(
        count
            + " seeds, bad "
            + bad
            + ", operations "
            + operations
            + ", batches "
            + batches
            + ", rejected "
            + rejected
            + ", failed tasks "
            + failed
            + ", "
            + (System.nanoTime() - start) / 1_000_000
            + " ms");
    System.exit(0);
  }
}
