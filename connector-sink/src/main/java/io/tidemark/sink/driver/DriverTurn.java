package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import java.util.HashSet;
import java.util.Set;

/**
 * Which driver may plan the next batch. Every task has a driver. The driver of the first task
 * plans, and others wait until a batch is overdue, unless they planned the previous batches.
 */
final class DriverTurn {

  private final DriverTiming timing;
  private final int task;
  private final int tasks;

  /** True while this driver plans the batches: it then does not wait for a lower task number. */
  private boolean ours;

  /**
   * @param task number of the task that carries this driver, from 0
   * @param tasks number of tasks of the connector
   */
  DriverTurn(DriverTiming timing, int task, int tasks) {
    this.timing = timing;
    this.task = task;
    this.tasks = tasks;
  }

  /** This driver has planned a batch. */
  void take() {
    ours = true;
  }

  /** Another driver was first. */
  void lose() {
    ours = false;
  }

  /**
   * When to look at what is sealed. Out of turn that is left to another driver for a while.
   *
   * @param expectedMs since when something to decide is expected
   */
  long lookMs(long expectedMs) {
    return ours || task == 0
        ? expectedMs
        : expectedMs + timing.gatherMs() + task * timing.staggerMs();
  }

  /**
   * When to create this plan.
   *
   * @param expectedMs since when something to decide is expected
   */
  long decideMs(Batch plan, long expectedMs) {
    if (!ours && task > 0) {
      return lookMs(expectedMs);
    }
    Set<Integer> sealed = new HashSet<>();
    plan.accepted().forEach(id -> sealed.add(id.task()));
    return sealed.size() >= tasks ? expectedMs : expectedMs + timing.gatherMs();
  }

  /** When to finish a batch that another driver planned and did not finish. */
  long takeoverMs(long sinceMs) {
    return sinceMs + timing.takeoverMs() + task * timing.staggerMs();
  }
}
