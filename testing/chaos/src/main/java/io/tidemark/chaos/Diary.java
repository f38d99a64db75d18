package io.tidemark.chaos;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints events as they happen and counts them by kind. */
final class Diary {

  private final PrintStream out;
  private final long startNanos = System.nanoTime();
  private final Map<Disturbance, Integer> counts = new LinkedHashMap<>();

  Diary(PrintStream out) {
    this.out = out;
  }

  void say(String text) {
    out.printf("%5d s  %s%n", (System.nanoTime() - startNanos) / 1_000_000_000, text);
  }

  void count(Disturbance disturbance) {
    counts.merge(disturbance, 1, Integer::sum);
  }

  Map<Disturbance, Integer> counts() {
    return Map.copyOf(counts);
  }

  double minutes() {
    return (System.nanoTime() - startNanos) / 60e9;
  }
}
