package io.tidemark.delta.read;

import io.tidemark.delta.kernel.DeletionVector;
import java.util.Map;

/**
 * How to read rows of a file.
 *
 * @param bytes size of the file; -1 when the log does not have it
 * @param partition partition values as text, by the name of the column in the log; null when the
 *     log does not have them
 * @param deleted deletion vector of the file; null for none
 * @param before deletion vector of the file in the previous version; only for {@link
 *     Rows#NEWLY_DELETED} and {@link Rows#RESTORED}
 */
record FileAction(
    Rows rows,
    long bytes,
    Map<String, String> partition,
    DeletionVector deleted,
    DeletionVector before) {

  /** Which rows of the file are read, and what happened to them. */
  enum Rows {
    /** The rows that the file has: inserted. */
    PRESENT,
    /** The rows that the removed file had: deleted. */
    REMOVED,
    /** The rows that only the new deletion vector deletes: deleted. */
    NEWLY_DELETED,
    /** The rows that only the previous deletion vector deleted: inserted. */
    RESTORED,
    /** The deletes and preimages of a change file. */
    FEED_GONE,
    /** The inserts and postimages of a change file. */
    FEED_THERE;

    /** Whether the rows have the schema of the previous version. */
    boolean areOfVersionBefore() {
      return this == REMOVED || this == NEWLY_DELETED;
    }
  }
}
