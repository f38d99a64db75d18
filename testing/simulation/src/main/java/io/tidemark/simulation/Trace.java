package io.tidemark.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The last operations of a run, readable; costs nothing while it is off. */
final class Trace {

  private static final int LENGTH = 100_000;

  private final boolean on;
  private final Schedule schedule;
  private final Deque<String> lines = new ArrayDeque<>();

  Trace(boolean on, Schedule schedule) {
    this.on = on;
    this.schedule = schedule;
  }

  void add(String who, Supplier<String> what) {
    if (on) {
      if (lines.size() == LENGTH) {
        lines.removeFirst();
      }
      lines.add("%8d ms  %-22s %s".formatted(schedule.nowMs(), who, what.get()));
    }
  }

  /** A result in a few words. */
  static String brief(Object result) {
    Object plain = result instanceof Optional<?> optional ? optional.orElse(null) : result;
    String text = plain instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(plain);
    return text.length() <= 120 ? text : text.substring(0, 117) + "...";
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
