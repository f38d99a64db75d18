package io.tidemark.source.task;

import org.junit.jupiter.api.Test;

/** Whatever happens, every row is sent once, in the order of its shard. */
class SourceSimulationTest {

  private static final int SEEDS = Integer.getInteger("tidemark.source.seeds", 3_000);

  @Test
  void sendsEachRowOnceHoweverTasksDieAndAreDivided() {
    Long one = Long.getLong("tidemark.source.seed");
    for (long seed = one == null ? 0 : one; seed < (one == null ? SEEDS : one + 1); seed++) {
      try {
        new SourceSimulation(seed).run();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + " (-Dtidemark.source.seed=" + seed + ")", e);
      }
    }
  }
}
