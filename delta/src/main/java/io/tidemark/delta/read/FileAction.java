package io.tidemark.delta.read;

import io.tidemark.delta.kernel.DeletionVector;
import java.util.Map;

/**
 * What it takes to read rows of a file.
 *
 * @param bytes size of the file; -1 when the log does not tell
 * @param partition text by name of the partition column in the log; null when the log does not tell
 * @param deleted the rows that the file does not have any more, or null for none
 * @param before the rows that it did not have before; only for {@link Rows#NEWLY_DELETED} and
 *     {@link Rows#RESTORED}
 */
record FileAction(
    Rows rows,
    long bytes,
    Map<String, String> partition,
    DeletionVector deleted,
    DeletionVector before) {

  /** Which rows of the file are meant, and what became of them. */
  enum Rows {
    /** Those that the file has: inserted. */
    PRESENT,
    /** Those that the file had: deleted. */
    REMOVED,
    /** Those that it had before: deleted. */
    NEWLY_DELETED,
    /** Those that it did not have before: inserted. */
    RESTORED,
    /** Those of a change file that say of themselves that they are gone: deletes and preimages. */
    TOLD_GONE,
    /**
     * Those of a change file that say of themselves that they are there: inserts and postimages.
     */
    TOLD_THERE;

    /** Whether they are rows of the version before, as that version describes them. */
    boolean areOfVersionBefore() {
      return this == REMOVED || this == NEWLY_DELETED;
    }
  }
}
