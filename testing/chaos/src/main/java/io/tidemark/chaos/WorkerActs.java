package io.tidemark.chaos;

import io.tidemark.cluster.ConnectWorker;
import java.util.List;

/** What happens to workers. */
final class WorkerActs {

  private static final int LONGEST_DOWN_SECONDS = 8;
  // The session time-out is 6 s: the others have taken its tasks when it wakes.
  private static final int SHORTEST_SLEEP_SECONDS = 8;
  private static final int LONGEST_SLEEP_SECONDS = 15;

  private WorkerActs() {}

  static String killOne(Scene scene, Dice dice) {
    return kill(scene, dice, 1);
  }

  static String killTwo(Scene scene, Dice dice) {
    return kill(scene, dice, 2);
  }

  static String restart(Scene scene, Dice dice) {
    ConnectWorker victim = dice.pick(scene.workers);
    victim.stop();
    Start.patiently(victim::start);
    return names(scene, List.of(victim));
  }

  static String suspend(Scene scene, Dice dice) {
    ConnectWorker victim = dice.pick(scene.workers);
    int seconds = dice.between(SHORTEST_SLEEP_SECONDS, LONGEST_SLEEP_SECONDS);
    victim.process().suspend();
    Hold.seconds(seconds);
    victim.process().resume();
    return names(scene, List.of(victim)) + " for " + seconds + " s";
  }

  private static String kill(Scene scene, Dice dice, int count) {
    List<ConnectWorker> shuffled = dice.shuffled(scene.workers);
    List<ConnectWorker> victims = shuffled.subList(0, Math.min(count, shuffled.size()));
    int seconds = dice.between(0, LONGEST_DOWN_SECONDS);
    victims.forEach(victim -> victim.process().kill());
    Hold.seconds(seconds);
    victims.forEach(victim -> Start.patiently(victim::launch));
    victims.forEach(ConnectWorker::awaitReady);
    return names(scene, victims) + ", started again after " + seconds + " s";
  }

  private static String names(Scene scene, List<ConnectWorker> victims) {
    return "worker "
        + String.join(
            " and ",
            victims.stream().map(victim -> "" + scene.workers.indexOf(victim)).sorted().toList());
  }
}
