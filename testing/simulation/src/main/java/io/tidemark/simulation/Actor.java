package io.tidemark.simulation;

import java.util.function.Consumer;

/**
 * A thread of a simulated machine. Its code runs in a fiber, and everything it does outside itself
 * goes through {@link #sleep} and the {@link Io} that belongs to it.
 */
final class Actor {

  private final String name;
  private final Machine machine;
  private final Schedule schedule;
  private final Fiber fiber;
  private int alarms;
  private boolean dozing;

  /**
   * @param body what the thread does
   */
  Actor(String name, Machine machine, Schedule schedule, Consumer<Actor> body) {
    this.name = name;
    this.machine = machine;
    this.schedule = schedule;
    this.fiber = schedule.fiber(() -> body.accept(this));
    machine.host(this);
    wakeUp(schedule.nowMs());
  }

  String name() {
    return name;
  }

  Machine machine() {
    return machine;
  }

  boolean isDone() {
    return fiber.isDone();
  }

  /** Lets simulated time pass; called by the actor's own code. */
  void sleep(long ms) {
    requireAlive();
    wakeUp(schedule.nowMs() + ms);
    schedule.suspend();
    requireAlive();
  }

  /** Like {@link #sleep}, but {@link #wake} ends it early. */
  void doze(long ms) {
    dozing = true;
    sleep(ms);
    dozing = false;
  }

  /** Ends the actor's doze, if it dozes; called by another one. */
  void wake() {
    if (dozing) {
      wakeUp(schedule.nowMs());
    }
  }

  /** If several wake-up times were set, the last one counts. */
  private void wakeUp(long timeMs) {
    int alarm = ++alarms;
    schedule.at(timeMs, () -> run(alarm));
  }

  /** The code of a dead machine ends here. */
  void requireAlive() {
    if (machine.isDead()) {
      throw new Crash();
    }
  }

  /** Lets the code of a dead machine end. */
  void end() {
    schedule.end(fiber);
  }

  private void run(int alarm) {
    if (alarm != alarms) {
      return;
    }
    if (machine.isFrozen(schedule.nowMs()) && !machine.isDead()) {
      schedule.at(machine.frozenUntilMs(), () -> run(alarm));
    } else if (!fiber.isDone()) {
      schedule.resume(fiber);
    }
  }
}
