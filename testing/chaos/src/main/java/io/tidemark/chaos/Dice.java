package io.tidemark.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random decisions that follow from the seed alone. */
final class Dice {

  private final SplittableRandom random;

  Dice(long seed) {
    this(new SplittableRandom(seed));
  }

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  /**
   * Dice of their own for one event, so that how often an event throws them does not change the
   * events after it.
   */
  Dice split() {
    return new Dice(random.split());
  }

  /** Bounds included. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  <T> List<T> shuffled(List<T> cards) {
    List<T> deck = new ArrayList<>(cards);
    for (int i = deck.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      T card = deck.get(i);
      deck.set(i, deck.get(j));
      deck.set(j, card);
    }
    return deck;
  }
}
