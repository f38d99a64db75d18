package io.tidemark.spark;

/** The point at which a run of a query dies without cleaning up. */
public enum Death {
  /** It does not die: it ends when it has read everything. */
  NONE,
  /** While the first batch is running: it is in the offset log, and not in the table. */
  WITHIN_THE_BATCH,
  /** When the first batch is in the table, and not in the commit log. */
  BEFORE_THE_COMMIT_LOG
}
