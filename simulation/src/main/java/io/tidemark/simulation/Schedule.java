package io.tidemark.simulation;

import java.util.PriorityQueue;

/** Simulated time, and what is to happen when; of what is due at once, chance takes one first. */
final class Schedule {

  /** Something that is to happen. */
  record Entry(long timeMs, long order, Runnable action) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(timeMs, other.timeMs);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private final Dice dice;
  private long nowMs = 1_000;

  Schedule(Dice dice) {
    this.dice = dice;
  }

  long nowMs() {
    return nowMs;
  }

  Entry at(long timeMs, Runnable action) {
    Entry entry = new Entry(Math.max(timeMs, nowMs), dice.next(), action);
    entries.add(entry);
    return entry;
  }

  /** Lets time pass up to the entry without its action, if nothing else comes before it. */
  boolean skipTo(Entry entry) {
    if (!entry.equals(entries.peek())) {
      return false;
    }
    entries.poll();
    nowMs = entry.timeMs();
    return true;
  }

  void after(long ms, Runnable action) {
    at(nowMs + ms, action);
  }

  /** Lets the next thing happen. */
  void step() {
    Entry next = entries.poll();
    if (next == null) {
      throw new Violation("nothing is left to happen");
    }
    nowMs = next.timeMs();
    next.action().run();
  }
}
