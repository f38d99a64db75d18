package io.tidemark.sink.commit;

/** How far a table got with a plan. */
enum TableStep {
  /** The table has the batch. */
  DONE,
  /** A version of it says that the plan is void. */
  VOID,
  /** Files were written for other columns. */
  UNFIT,
  /** The table has later batches, so other drivers have finished this one. */
  OVERTAKEN,
  /** The table lacks an earlier batch. */
  LACKING
}
