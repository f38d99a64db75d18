package io.tidemark.simulation;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.Run;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Damages files on disk: a merged run is damaged or lost while its sources are kept. That must not
 * change any row.
 */
final class Decay {

  private static final int AGAIN_MS = 500;

  private final World world;
  private final Set<String> struck = new HashSet<>();

  Decay(World world) {
    this.world = world;
  }

  /** How many runs were damaged. */
  int runs() {
    return struck.size();
  }

  /** Damages a merged run, now or as soon as there is one. */
  void strike(Disturbance disturbance) {
    Optional<Batch> newest = world.history.newestPlan();
    List<Run> merged = newest.map(this::replaceable).orElse(List.of());
    if (!merged.isEmpty()) {
      damage(merged.get(disturbance.amount() % merged.size()).file(), disturbance.amount());
    } else if (world.schedule.nowMs() < Scenario.STORM_MS) {
      world.schedule.after(AGAIN_MS, () -> strike(disturbance));
    }
  }

  /** Merged runs whose sources are sound, and in the next plan too whatever it is made from. */
  private List<Run> replaceable(Batch newest) {
    int retained = world.scenario.retainedBatches();
    return newest.operators().values().stream()
        .flatMap(state -> state.runs().stream())
        .filter(live -> !live.builtFrom().isEmpty())
        .filter(live -> newest.number() + 1 - live.batch() < retained)
        .filter(live -> !struck.contains(live.run().file()))
        .filter(live -> live.builtFrom().stream().noneMatch(run -> struck.contains(run.file())))
        .map(LiveRun::run)
        // A restored location does not have newer runs.
        .filter(run -> world.files.read(path(run.file())).isPresent())
        .toList();
  }

  private static String path(String file) {
    return "state/" + Windowing.OPERATOR + "/" + file;
  }

  private void damage(String file, int how) {
    struck.add(file);
    String path = path(file);
    byte[] content = world.files.read(path).orElseThrow();
    switch (how % 3) {
      case 0 -> world.files.delete(path);
      case 1 -> world.files.damage(path, Arrays.copyOf(content, content.length / 2));
      default -> {
        byte[] flipped = content.clone();
        flipped[how % content.length] ^= 1;
        world.files.damage(path, flipped);
      }
    }
    world.trace.add("decay", () -> path + " is " + List.of("lost", "cut", "flipped").get(how % 3));
  }
}
