package io.tidemark.chaos;

import io.tidemark.cluster.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One event after the other, drawn from a shuffled deck of all kinds that is shuffled again when it
 * is used up, so that no kind is left out. After most events it waits for the next batch of each
 * connector; some are followed by another at once.
 */
final class Storm {

  private static final Patience RECOVERY =
      new Patience(Duration.ofMinutes(3), Duration.ofMillis(500));
  private static final int LONGEST_PAUSE_SECONDS = 5;
  private static final int ONE_OUT_OF = 4;

  private final Scene scene;
  private final Dice dice;
  private final Diary diary;
  private final OnCall care;
  private boolean brokerWasAway;

  Storm(Scene scene, Dice dice, Diary diary, OnCall care) {
    this.scene = scene;
    this.dice = dice;
    this.diary = diary;
    this.care = care;
  }

  /** Every kind once. */
  void once(List<Disturbance> kinds) {
    dice.shuffled(kinds).forEach(this::strike);
    recover("the last event");
  }

  /** Begins no event when the time is over. */
  void during(Duration time, List<Disturbance> kinds) {
    long startNanos = System.nanoTime();
    List<Disturbance> deck = new ArrayList<>();
    while (System.nanoTime() - startNanos < time.toNanos()) {
      if (deck.isEmpty()) {
        deck.addAll(dice.shuffled(kinds));
      }
      strike(deck.remove(0));
    }
    recover("the last event");
  }

  private void strike(Disturbance kind) {
    boolean waits = dice.between(1, ONE_OUT_OF) > 1;
    int pauseSeconds = dice.between(0, LONGEST_PAUSE_SECONDS);
    diary.say(kind.name());
    diary.count(kind);
    brokerWasAway |= kind.takesTheBroker();
    String detail = kind.act().strike(scene, dice.split());
    scene.sinks.forEach(sink -> sink.progress.disturbed());
    if (waits) {
      recover(kind.name());
      diary.say(
          "  %s; next batches after %.1f s"
              .formatted(detail, scene.longest(Progress::recoveryMs) / 1e3));
      Hold.seconds(pauseSeconds);
    } else {
      diary.say("  " + detail + "; another follows at once");
    }
  }

  private void recover(String event) {
    RECOVERY.await(
        "each connector commits a batch after " + event,
        () -> {
          care.look(brokerWasAway);
          return scene.sinks.stream().allMatch(sink -> sink.progress.recovered());
        });
    brokerWasAway = false;
  }
}
