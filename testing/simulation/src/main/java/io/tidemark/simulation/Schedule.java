package io.tidemark.simulation;

import java.util.PriorityQueue;

/**
 * Simulated time and its scheduled events; events that are due at the same time run in random
 * order. The fiber that has the turn runs events while it sleeps, so that the thread changes only
 * when another fiber continues.
 */
final class Schedule {

  private record Entry(long timeMs, long order, Runnable action) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(timeMs, other.timeMs);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private final Dice dice;

  /** The thread that runs the world. */
  private final Fiber main = Fiber.ofThisThread();

  private Fiber current = main;
  private long nowMs = 1_000;
  private long untilMs;
  private Throwable failure;

  /** Belongs to the thread that calls. */
  Schedule(Dice dice) {
    this.dice = dice;
  }

  long nowMs() {
    return nowMs;
  }

  void at(long timeMs, Runnable action) {
    entries.add(new Entry(Math.max(timeMs, nowMs), dice.next(), action));
  }

  void after(long ms, Runnable action) {
    at(nowMs + ms, action);
  }

  /**
   * Runs events until then; called by the thread that runs the world.
   *
   * @throws Violation when something went wrong meanwhile, in whatever fiber
   */
  void runUntil(long timeMs) {
    untilMs = timeMs;
    while (!isOver()) {
      step();
    }
    fail();
  }

  /** A fiber that runs this code from its first turn on. */
  Fiber fiber(Runnable body) {
    return new Fiber(() -> run(body));
  }

  /** Lets a sleeping or new fiber continue; called by events. */
  void resume(Fiber fiber) {
    fiber.awake();
    pass(fiber);
  }

  /** Runs events until one of them resumes the calling fiber. */
  void suspend() {
    Fiber self = current;
    self.fallAsleep();
    while (self.isAsleep()) {
      go();
    }
  }

  /** Lets a fiber end after the run. */
  void end(Fiber fiber) {
    untilMs = Long.MIN_VALUE;
    while (!fiber.isDone()) {
      resume(fiber);
    }
    fail();
  }

  private void run(Runnable body) {
    Fiber self = current;
    try {
      body.run();
    } catch (Crash crash) {
      // That is how the code of a dead machine ends.
    } catch (Throwable e) {
      failure = e;
    }
    self.done();
    while (current == self) {
      go();
    }
  }

  private void go() {
    if (isOver()) {
      pass(main);
    } else {
      step();
    }
  }

  private void pass(Fiber fiber) {
    Fiber before = current;
    if (fiber != before) {
      current = fiber;
      before.handOver(fiber);
    }
  }

  private boolean isOver() {
    return nowMs >= untilMs || failure != null;
  }

  private void step() {
    try {
      Entry next = entries.poll();
      if (next == null) {
        throw new Violation("nothing is left to happen");
      }
      nowMs = next.timeMs();
      next.action().run();
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  private void fail() {
    Throwable thrown = failure;
    failure = null;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof Violation violation) {
      throw violation;
    }
    if (thrown != null) {
      throw new Violation("the world ended with " + thrown, thrown);
    }
  }
}
