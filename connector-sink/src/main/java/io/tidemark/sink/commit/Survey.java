package io.tidemark.sink.commit;

import java.util.OptionalLong;

/** State of the tables before a batch is planned. */
public sealed interface Survey {

  /** The tables have the batches of the plans. */
  record InOrder() implements Survey {}

  /** Another driver has planned the batch and begun to carry it out. */
  record Overtaken() implements Survey {}

  /**
   * A table lacks what an earlier batch wrote.
   *
   * @param last the newest batch of this query that it has, empty for none
   * @param expected the last batch that wrote to it
   */
  record Lacking(String location, OptionalLong last, long expected) implements Survey {}
}
