package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;

/** The states of a driver. */
sealed interface State {

  /** Nothing to decide is expected. */
  long NEVER = Long.MAX_VALUE;

  /** Reads the logs. */
  record Starting() implements State {}

  /**
   * Waits for segments after a committed batch, or for another driver's commit.
   *
   * @param sinceMs when the batch was committed or seen
   * @param expectedMs since when something to decide is expected, {@link #NEVER} before
   */
  record Waiting(Batch committed, long sinceMs, long expectedMs) implements State {}

  /** Leaves a batch to the driver that planned it, for a while. */
  record Yielding(Batch committed, Batch planned, long sinceMs) implements State {}

  /**
   * Carries a planned batch out.
   *
   * @param planMs how long it took to plan it, 0 when another driver did
   * @param fresh whether this driver has just planned it, so that no other can have carried it out
   */
  record Finishing(Batch planned, long planMs, boolean fresh) implements State {}
}
