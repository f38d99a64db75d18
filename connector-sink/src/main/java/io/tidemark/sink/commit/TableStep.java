package io.tidemark.sink.commit;

/** How far a table got with a plan. */
enum TableStep {
  /** It has the batch. */
  DONE,
  /** A version of it says that the plan is void. */
  VOID,
  /** Files were written for other columns. */
  UNFIT,
  /** It has later batches: other drivers have finished this one. */
  OVERTAKEN,
  /** It lacks what an earlier batch wrote. */
  LACKING
}
