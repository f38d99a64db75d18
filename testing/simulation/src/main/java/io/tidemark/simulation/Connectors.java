package io.tidemark.simulation;

import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.recovery.Ownership;
import io.tidemark.sink.segment.Retries;
import java.util.List;
import java.util.Optional;

/**
 * The connectors of a world that share a checkpoint location: renamed ones, which take it over, and
 * those that are started beside the owner.
 */
final class Connectors {

  /** What a task gets from its connector. */
  record Membership(String connector, Optional<String> from, String queryId) {}

  private final World world;
  private Membership newest;
  private Start pending;
  private int names;

  /** A connector that is about to start, on a worker that may die meanwhile. */
  private record Start(String name, Optional<String> from, Machine machine) {}

  Connectors(World world) {
    this.world = world;
  }

  /** The connector whose tasks run now, empty before it has started. */
  Optional<Membership> newest() {
    return Optional.ofNullable(newest);
  }

  /** Whether tasks may start: there is a connector, or none is needed. */
  boolean hasStarted() {
    return !world.misbehaviour.claimsLocation() || newest != null;
  }

  /** Whether no connector is about to start. */
  boolean isCalm() {
    return hasStarted() && pending == null;
  }

  /**
   * Starts the first connector, and restarts any other one whose worker died meanwhile.
   *
   * @param up where
   */
  void keepStarting(List<Machine> up) {
    if (up.isEmpty()) {
      return;
    }
    if (pending != null && pending.machine().isDead()) {
      start(new Start(pending.name(), pending.from(), world.dice.pick(up)));
    } else if (pending == null && !hasStarted()) {
      start(new Start("connector" + names++, Optional.empty(), world.dice.pick(up)));
    }
  }

  void disturb(Disturbance disturbance, List<Machine> up) {
    if (newest == null || pending != null || up.isEmpty()) {
      return;
    }
    String name = "connector" + names++;
    Machine machine = up.get(disturbance.amount() % up.size());
    if (disturbance.kind() == Disturbance.Kind.RENAME_CONNECTOR) {
      start(new Start(name, Optional.of(newest.connector()), machine));
    } else {
      new Actor(
          name + " " + machine.name(),
          machine,
          world.schedule,
          actor -> intrude(actor, new Start(name, Optional.empty(), machine)));
    }
  }

  private void start(Start start) {
    pending = start;
    new Actor(
        start.name() + " " + start.machine().name(),
        start.machine(),
        world.schedule,
        actor -> become(actor, start));
  }

  private void become(Actor actor, Start start) {
    try {
      String queryId = claim(actor, start);
      newest = new Membership(start.name(), start.from(), queryId);
      pending = null;
      world.trace.add(start.name(), () -> "has the location");
      world.connect.renamed();
    } catch (TidemarkException e) {
      actor.requireAlive();
      world.trace.add(start.name(), () -> "does not start: " + e.getMessage());
      start(start);
    }
  }

  /** A connector that does not start has no tasks; the owner of the location continues. */
  private void intrude(Actor actor, Start start) {
    try {
      claim(actor, start);
      throw new Violation("L: " + start.name() + " has the location of another connector");
    } catch (TidemarkException e) {
      world.trace.add(start.name(), () -> "does not start: " + e.getMessage());
    }
  }

  private String claim(Actor actor, Start start) {
    CheckpointLocation checkpoint =
        new CheckpointLocation(new SimulatedStorage(new Io(world, actor), world.files));
    Ownership ownership = new Ownership(checkpoint, start.name(), start.from());
    return new Retries(ShippedParts.MAX_FAILURES, actor::sleep)
        .run(
            "claim the location",
            () -> {
              String queryId = checkpoint.queryId();
              ownership.claim(world.schedule.nowMs());
              return queryId;
            });
  }
}
