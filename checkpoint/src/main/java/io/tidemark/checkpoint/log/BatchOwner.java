package io.tidemark.checkpoint.log;

import java.util.Optional;

/**
 * The owner of a batch according to the logs. There is one rule: an offset log entry with the mark
 * of a plan is the connector's, and agrees with that plan. An entry without a mark is Spark's,
 * unless a plan of the connector has exactly the same end offsets.
 */
public sealed interface BatchOwner {

  /** The batch is not planned, or its entries are being removed with old batches. */
  record Nobody() implements BatchOwner {}

  /**
   * The connector owns the batch.
   *
   * @param entry empty until the plan is being carried out
   */
  record Connector(Batch plan, Optional<OffsetLog.Entry> entry) implements BatchOwner {}

  /** A Spark query owns the batch. If the connector has a plan for it too, that plan is void. */
  record Spark(OffsetLog.Entry entry) implements BatchOwner {}
}
