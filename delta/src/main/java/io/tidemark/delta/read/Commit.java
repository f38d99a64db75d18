package io.tidemark.delta.read;

import java.io.IOException;

/** One commit of a table. */
public interface Commit {

  long version();

  /** Time of the commit in epoch milliseconds; the in-commit timestamp if there is one. */
  long timestampMs();

  /** {@code operation} of the commit info; empty if it has none. */
  String operation();

  /** Counts what the commit does; reads the commit once and remembers the result. */
  Summary summary() throws IOException;

  /** The file changes for one way of reading; within each kind, in the order of the log. */
  ChangeStream changes(Reading reading) throws IOException;

  /** Which changes are wanted. */
  enum Reading {
    /** Files that were added with new rows. */
    APPENDS,
    /**
     * Inserts, deletes and updates: read from change files if the commit has some, otherwise
     * derived from added and removed files. All deletes and preimages come before all inserts and
     * postimages.
     */
    CHANGES
  }

  /**
   * What a commit does.
   *
   * @param addedFiles number of files added with {@code dataChange}
   * @param addedBytes size of these files
   * @param removedFiles number of files removed with {@code dataChange}. A file whose deletion
   *     vector changed counts once as added and once as removed
   * @param changeFiles number of files of the change data feed
   * @param rewrittenFiles number of files added or removed without {@code dataChange}
   * @param changesMetadata whether schema, properties or protocol change
   * @param tableId the table id in the new metadata; null when the commit has no metadata
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
