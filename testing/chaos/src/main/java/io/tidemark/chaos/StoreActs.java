package io.tidemark.chaos;

import io.tidemark.cluster.JavaProcess;
import io.tidemark.stores.FaultRule;
import io.tidemark.stores.RequestProxy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What happens to the object store. */
final class StoreActs {

  private static final int SHORTEST_SECONDS = 5;
  private static final int LONGEST_SECONDS = 15;
  private static final int FAULTS_A_SECOND = 2;
  private static final List<StoreFault> FAULTS = List.of(StoreFault.values());

  private StoreActs() {}

  /** Some of the requests go wrong, now in one way, now in another. */
  static String fail(Scene scene, Dice dice) {
    RequestProxy proxy = scene.store.orElseThrow().proxy();
    int seconds = dice.between(SHORTEST_SECONDS, LONGEST_SECONDS);
    Map<StoreFault, List<FaultRule>> rules = new EnumMap<>(StoreFault.class);
    for (int second = 0; second < seconds; second++) {
      for (int i = 0; i < FAULTS_A_SECOND; i++) {
        StoreFault fault = dice.pick(FAULTS);
        rules.computeIfAbsent(fault, none -> new ArrayList<>()).add(fault.arm(proxy, dice));
      }
      Hold.seconds(1);
    }
    proxy.reset();
    return "for " + seconds + " s: " + counts(rules);
  }

  /** No request is answered, as if the network were gone. */
  static String suspend(Scene scene, Dice dice) {
    JavaProcess server = scene.store.orElseThrow().server().process();
    int seconds = dice.between(SHORTEST_SECONDS, LONGEST_SECONDS);
    server.suspend();
    Hold.seconds(seconds);
    server.resume();
    return "for " + seconds + " s";
  }

  private static String counts(Map<StoreFault, List<FaultRule>> rules) {
    return rules.entrySet().stream()
        .map(
            entry ->
                entry.getValue().stream().mapToInt(FaultRule::struck).sum()
                    + " "
                    + entry.getKey().count())
        .collect(Collectors.joining(", "));
  }
}
