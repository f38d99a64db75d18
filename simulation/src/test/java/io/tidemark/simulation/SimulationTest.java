package io.tidemark.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The invariants hold in every simulated world; a failing seed comes shrunk, with its trace. */
class SimulationTest {

  private static final long SEEDS = Long.getLong("tidemark.simulation.seeds", 2_000);
  private static final long FIRST = Long.getLong("tidemark.simulation.first", 1);

  @Test
  void holdsInEveryWorld() {
    Campaign.Totals totals =
        Campaign.run(FIRST, SEEDS, Runtime.getRuntime().availableProcessors(), soFar -> {});
    System.out.println("from seed " + FIRST + ": " + totals);
    assertThat(totals.seeds()).isEqualTo(SEEDS);
    assertThat(totals.batches()).isGreaterThan(SEEDS);
    assertThat(totals.rejectedSegments()).as("zombies and races").isPositive();
    assertThat(totals.damagedRuns())
        .as("merged runs that are read from their sources")
        .isPositive();
  }

  @Test
  void repeatsARunFromItsSeed() {
    Simulation.Outcome once = Simulation.run(Scenario.of(7), true);
    Simulation.Outcome again = Simulation.run(Scenario.of(7), true);
    assertThat(again.trace()).isEqualTo(once.trace()).hasSizeGreaterThan(100);
  }
}
