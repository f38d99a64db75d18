package io.tidemark.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which operation of a run goes wrong, and how. */
final class Faults {

  private final Map<Integer, Disturbance> byOperation = new HashMap<>();
  private int operations;
  private boolean ceased;

  Faults(List<Disturbance> disturbances) {
    for (Disturbance disturbance : disturbances) {
      if (disturbance.kind().isOfOperation()) {
        byOperation.put(disturbance.when(), disturbance);
      }
    }
  }

  /** Counts an operation. */
  Optional<Disturbance> next() {
    int operation = operations++;
    return ceased ? Optional.empty() : Optional.ofNullable(byOperation.get(operation));
  }

  /** From now on all goes well. */
  void cease() {
    ceased = true;
  }

  boolean haveCeased() {
    return ceased;
  }

  int operations() {
    return operations;
  }
}
