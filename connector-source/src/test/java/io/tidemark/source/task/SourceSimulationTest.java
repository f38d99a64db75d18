package io.tidemark.source.task;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Whatever happens, every row is sent once, in the order of its shard. */
class SourceSimulationTest {

  private static final Long ONE = Long.getLong("tidemark.source.seed");
  private static final int SEEDS = Integer.getInteger("tidemark.source.seeds", 2_000);
  private static final int FRESH_SEEDS = Integer.getInteger("tidemark.source.fresh.seeds", 1_000);
  private static final long FRESH_FIRST =
      Long.getLong(
          "tidemark.source.fresh.first",
          ThreadLocalRandom.current().nextLong(1_000_000_000L, 1_000_000_000_000L));

  @Test
  void sendsEachRowOnceHoweverTasksDieAndAreDivided() {
    if (ONE == null) {
      run(0, SEEDS);
    } else {
      run(ONE, 1);
    }
  }

  /** The same seeds tell less with every build: these are others each time. */
  @Test
  void sendsEachRowOnceInWorldsThatNobodyHasSeen() {
    System.out.printf(
        "fresh seeds of the source from %d; again with -Dtidemark.source.fresh.first=%d%n",
        FRESH_FIRST, FRESH_FIRST);
    run(FRESH_FIRST, ONE == null ? FRESH_SEEDS : 0);
  }

  private static void run(long first, int seeds) {
    for (long seed = first; seed < first + seeds; seed++) {
      try {
        new SourceSimulation(seed).run();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + " (-Dtidemark.source.seed=" + seed + ")", e);
      }
    }
  }
}
