package io.tidemark.checkpoint.log;

import java.util.Optional;

/**
 * Whose a batch is, as the logs tell. One rule for all who ask: an offset log entry with the mark
 * of a plan is ours, and says what that plan says; an entry without a mark is Spark's, unless a
 * plan of ours carries out exactly what it says.
 */
public sealed interface BatchOwner {

  /** Nobody has planned the batch; or its entries are being removed with old batches. */
  record Nobody() implements BatchOwner {}

  /**
   * The connector's.
   *
   * @param entry empty while nothing of the plan is carried out
   */
  record Connector(Batch plan, Optional<OffsetLog.Entry> entry) implements BatchOwner {}

  /** A Spark query's. A plan of ours that is there all the same is void: it proves nothing. */
  record Spark(OffsetLog.Entry entry) implements BatchOwner {}
}
