package io.tidemark.spark;

/** Where a run of a query dies, without a chance to clean up. */
public enum Death {
  /** Nowhere: it ends when it has read all that there is. */
  NONE,
  /** While the first batch is running: it is in the offset log, and not in the table. */
  WITHIN_THE_BATCH,
  /** When the first batch is in the table, and not in the commit log. */
  BEFORE_THE_COMMIT_LOG
}
