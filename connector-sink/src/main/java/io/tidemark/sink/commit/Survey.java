package io.tidemark.sink.commit;

import java.util.OptionalLong;

/** What the tables are like before a batch is decided. */
public sealed interface Survey {

  /** They have what the plans say. */
  record InOrder() implements Survey {}

  /** Another driver has decided the batch and begun to carry it out. */
  record Overtaken() implements Survey {}

  /**
   * A table lacks what an earlier batch wrote.
   *
   * @param last the newest batch of this query that it has, empty for none
   * @param expected the last batch that wrote to it
   */
  record Lacking(String location, OptionalLong last, long expected) implements Survey {}
}
