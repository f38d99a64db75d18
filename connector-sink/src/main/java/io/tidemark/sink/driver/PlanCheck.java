package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import java.io.IOException;

/** Checks a plan right before it is created, because afterwards it must be carried out. */
@FunctionalInterface
public interface PlanCheck {

  /**
   * Throws when the plan must not be created.
   *
   * @param committed the previous batch
   */
  void require(Batch committed, Batch plan) throws IOException;
}
