package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import java.io.IOException;

/** Looks at a plan right before it is decided: afterwards it must be carried out. */
@FunctionalInterface
public interface PlanCheck {

  /**
   * Throws when the plan must not be decided.
   *
   * @param committed the batch before it
   */
  void require(Batch committed, Batch plan) throws IOException;
}
