package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Segment;
import java.util.Collection;
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

  /** Whether this driver planned the previous batch, as far as it knows. */
  boolean isOurs() {
    return ours;
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
   * When to create this plan. A segment that was sealed too late for the previous batch does not
   * speak for its task: the task seals another one now, which otherwise would be late again.
   *
   * @param accepted the segments that the plan takes
   * @param expectedMs since when something to decide is expected
   */
  long decideMs(Collection<Segment> accepted, long expectedMs, long nowMs) {
    if (!ours && task > 0) {
      return lookMs(expectedMs);
    }
    long interval = nowMs / timing.intervalMs();
    Set<Integer> sealed = new HashSet<>();
    for (Segment segment : accepted) {
      if (segment.sealedMs() / timing.intervalMs() == interval) {
        sealed.add(segment.id().task());
      }
    }
    return sealed.size() >= tasks ? expectedMs : expectedMs + timing.gatherMs();
  }

  /** When to finish a batch that another driver planned and did not finish. */
  long takeoverMs(long sinceMs) {
    return sinceMs + timing.takeoverMs() + task * timing.staggerMs();
  }
}
