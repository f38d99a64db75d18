package io.tidemark.simulation;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Every operation of an actor on storage, tables and files goes through this class, and may fail.
 */
final class Io {

  private static final int LONG_MS = 40;

  private final World world;
  private final Actor actor;

  Io(World world, Actor actor) {
    this.world = world;
    this.actor = actor;
  }

  /** An effect on the world, at one instant. */
  @FunctionalInterface
  interface Effect<T> {
    T happen() throws IOException;
  }

  Actor actor() {
    return actor;
  }

  /** Runs an operation that a server may carry out long after its client gave up. */
  <T> T request(Supplier<String> name, Effect<T> effect) throws IOException {
    return run(name, effect, true);
  }

  /**
   * Runs an operation.
   *
   * @param name readable, such as {@code create offsets/3}
   * @throws IOException when the fault says so, before or after the effect
   */
  <T> T run(Supplier<String> name, Effect<T> effect) throws IOException {
    return run(name, effect, false);
  }

  private <T> T run(Supplier<String> name, Effect<T> effect, boolean landsLate) throws IOException {
    actor.requireAlive();
    Optional<Disturbance> fault = world.faults.next();
    Disturbance.Kind kind = fault.map(Disturbance::kind).orElse(null);
    loiter();
    if (kind == Disturbance.Kind.CRASH_BEFORE) {
      die(name, "dies before");
    }
    if (kind == Disturbance.Kind.FAIL_BEFORE
        || (kind == Disturbance.Kind.LAND_LATE && !landsLate)) {
      world.trace.add(actor.name(), () -> name.get() + ": fails");
      throw new IOException("fault before " + name.get());
    }
    if (kind == Disturbance.Kind.LAND_LATE && landsLate) {
      world.trace.add(actor.name(), () -> name.get() + ": times out, and lands later");
      world.schedule.after(fault.get().amount(), () -> land(name, effect));
      throw new IOException("time-out of " + name.get());
    }
    T result = effect.happen();
    world.trace.add(actor.name(), () -> name.get() + " = " + Trace.brief(result));
    if (kind == Disturbance.Kind.CRASH_AFTER) {
      die(name, "dies after");
    }
    if (kind == Disturbance.Kind.ANSWER_LATE) {
      actor.sleep(fault.get().amount());
    }
    loiter();
    if (kind == Disturbance.Kind.TIME_OUT_AFTER) {
      world.trace.add(actor.name(), () -> name.get() + ": times out");
      throw new IOException("time-out after " + name.get());
    }
    return result;
  }

  private void loiter() {
    if (world.dice.chance(world.scenario.latency())) {
      actor.sleep(world.dice.chance(0.1) ? world.dice.between(1, 10 * LONG_MS) : 1);
    }
  }

  private void die(Supplier<String> name, String how) {
    world.trace.add(actor.name(), () -> actor.machine().name() + " " + how + " " + name.get());
    world.connect.died(actor.machine());
    throw new Crash();
  }

  /** An operation that a client gave up on and a server carried out later. */
  private <T> void land(Supplier<String> name, Effect<T> effect) {
    try {
      T result = effect.happen();
      world.trace.add("late", () -> name.get() + " = " + Trace.brief(result));
    } catch (IOException e) {
      world.trace.add("late", () -> name.get() + " fails");
    }
  }
}
