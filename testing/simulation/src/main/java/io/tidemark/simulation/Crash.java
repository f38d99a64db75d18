package io.tidemark.simulation;

/** Unwinds the stack of code whose simulated machine is dead; nothing it does has an effect. */
final class Crash extends Error {

  private static final long serialVersionUID = 1L;

  Crash() {
    super("the machine is dead", null, false, false);
  }
}
