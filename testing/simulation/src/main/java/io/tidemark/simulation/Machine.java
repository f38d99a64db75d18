package io.tidemark.simulation;

import java.util.ArrayList;
import java.util.List;

/** A worker's process: it dies and freezes as a whole. */
final class Machine {

  private final String name;
  private final StoredFiles disk;
  private final List<Actor> actors = new ArrayList<>();
  private boolean dead;
  private long frozenUntilMs;

  /**
   * @param disk what it sees at the checkpoint location
   */
  Machine(String name, StoredFiles disk) {
    this.name = name;
    this.disk = disk;
  }

  StoredFiles disk() {
    return disk;
  }

  String name() {
    return name;
  }

  boolean isDead() {
    return dead;
  }

  boolean isFrozen(long nowMs) {
    return nowMs < frozenUntilMs;
  }

  long frozenUntilMs() {
    return frozenUntilMs;
  }

  /** Freezes everything on it until then: SIGSTOP, SIGCONT. */
  void freeze(long untilMs) {
    frozenUntilMs = Math.max(frozenUntilMs, untilMs);
  }

  /** {@code kill -9}. */
  void kill() {
    dead = true;
  }

  void host(Actor actor) {
    actors.add(actor);
  }

  List<Actor> actors() {
    return actors;
  }
}
