package io.tidemark.simulation;

import java.util.List;
import java.util.Random;

/** All chance of one purpose, from a seed. */
final class Dice {

  private final Random random;

  Dice(long seed) {
    // Neighbouring seeds of java.util.Random begin alike.
    this.random = new Random(seed * 0x9E3779B97F4A7C15L ^ (seed >>> 29));
  }

  /** From {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  long next() {
    return random.nextLong();
  }

  String hex8() {
    return String.format("%08x", random.nextInt());
  }
}
