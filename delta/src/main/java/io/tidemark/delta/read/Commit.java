package io.tidemark.delta.read;

import java.io.IOException;

/** One commit of a table. */
public interface Commit {

  long version();

  /** When it was committed, epoch milliseconds; the in-commit timestamp where there is one. */
  long timestampMs();

  /** {@code operation} of the commit info; empty without. */
  String operation();

  /** What the commit does, counted; reads the commit once and remembers. */
  Summary summary() throws IOException;

  /** The file changes for one way of reading, in the order of the log as far as that goes. */
  ChangeStream changes(Reading reading) throws IOException;

  /** Which changes are wanted. */
  enum Reading {
    /** Files that were added with new rows. */
    APPENDS,
    /**
     * Inserts, deletes and updates, from change files where there are some, else derived: all
     * deletes and preimages before all inserts and postimages.
     */
    CHANGES
  }

  /**
   * What a commit does.
   *
   * @param addedFiles files with {@code dataChange}
   * @param addedBytes size of them
   * @param removedFiles files removed with {@code dataChange}; of one whose deletion vector grew,
   *     one is counted as added and one as removed
   * @param changeFiles files of the change feed
   * @param rewrittenFiles files added or removed without {@code dataChange}
   * @param changesMetadata whether schema, properties or protocol change
   * @param tableId of the new metadata; null without any
   */
  record Summary(
      int addedFiles,
      long addedBytes,
      int removedFiles,
      int changeFiles,
      int rewrittenFiles,
      boolean changesMetadata,
      String tableId) {}
}
