package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;

/** Hears of batches, on the driver's thread. */
@FunctionalInterface
public interface BatchListener {

  /** A batch is committed, by whichever driver; in order. */
  void committed(Batch batch);

  /** This driver has carried a batch out. */
  default void progressed(Progress progress) {}
}
