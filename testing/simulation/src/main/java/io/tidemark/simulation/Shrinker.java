package io.tidemark.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a failing scenario smaller as long as it fails, so that its trace can be read. */
final class Shrinker {

  private static final int MAX_RUNS = 400;

  private int runs;

  /** The smallest failing scenario that was found. */
  Scenario shrink(Scenario failing) {
    Scenario smallest = failing;
    Optional<Scenario> smaller = Optional.of(failing);
    while (smaller.isPresent()) {
      smallest = smaller.get();
      smaller = candidates(smallest).filter(this::fails).findFirst();
    }
    return smallest;
  }

  private boolean fails(Scenario scenario) {
    return runs++ < MAX_RUNS && Simulation.run(scenario, false).violation() != null;
  }

  /** Bold cuts first. */
  private static Stream<Scenario> candidates(Scenario scenario) {
    List<Scenario> candidates = new ArrayList<>();
    List<Disturbance> all = scenario.disturbances();
    for (int size = Math.max(1, all.size() / 2); size >= 1 && !all.isEmpty(); size /= 2) {
      for (int from = 0; from < all.size(); from += size) {
        List<Disturbance> fewer = new ArrayList<>(all);
        fewer.subList(from, Math.min(all.size(), from + size)).clear();
        candidates.add(scenario.withDisturbances(fewer));
      }
    }
    if (scenario.partitions().size() > 1) {
      candidates.add(
          scenario.withPartitions(
              scenario.partitions().subList(0, scenario.partitions().size() - 1)));
    }
    if (scenario.partitions().get(0) > 1) {
      List<Integer> fewer = new ArrayList<>(scenario.partitions());
      fewer.set(0, 1);
      candidates.add(scenario.withPartitions(fewer));
    }
    if (scenario.tasks() > 1) {
      candidates.add(scenario.withTasks(scenario.tasks() / 2));
      candidates.add(scenario.withTasks(scenario.tasks() - 1));
    }
    if (scenario.records() > 1) {
      candidates.add(scenario.withRecords(scenario.records() / 2));
    }
    return candidates.stream();
  }
}
