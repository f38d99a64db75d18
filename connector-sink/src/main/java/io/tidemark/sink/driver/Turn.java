package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import java.util.HashSet;
import java.util.Set;

/**
 * Whose turn it is. Every task carries a driver; by task number all but the first stay quiet until
 * a batch is overdue, unless the batches before were theirs.
 */
final class Turn {

  private final DriverTiming timing;
  private final int task;
  private final int tasks;

  /** True while the batches are ours: then there is no use in waiting for a lower task number. */
  private boolean ours;

  /**
   * @param task number of the task that carries this driver, from 0
   * @param tasks number of tasks of the connector
   */
  Turn(DriverTiming timing, int task, int tasks) {
    this.timing = timing;
    this.task = task;
    this.tasks = tasks;
  }

  /** This driver has decided a batch. */
  void take() {
    ours = true;
  }

  /** Another driver was first. */
  void lose() {
    ours = false;
  }

  /**
   * When to decide this plan.
   *
   * @param decidableMs when something to decide was first seen
   */
  long decideMs(Batch plan, long decidableMs) {
    if (!ours && task > 0) {
      return decidableMs + timing.gatherMs() + task * timing.staggerMs();
    }
    Set<Integer> sealed = new HashSet<>();
    plan.accepted().forEach(id -> sealed.add(id.task()));
    return sealed.size() >= tasks ? decidableMs : decidableMs + timing.gatherMs();
  }

  /** When to finish what another driver has planned, and left since. */
  long takeoverMs(long sinceMs) {
    return sinceMs + timing.takeoverMs() + task * timing.staggerMs();
  }
}
