package io.tidemark.source.read;

import io.tidemark.delta.read.Commit;
import io.tidemark.source.error.SourceErrors;

/**
 * Decides whether the rows of a commit are sent. A plain stream shows only appended rows. If rows
 * were removed or changed, it would silently differ from the table, so it fails unless the
 * configuration allows it.
 */
final class CommitRule {

  private CommitRule() {}

  /** Whether there is something to send. */
  static boolean shows(
      Commit commit, Commit.Summary summary, ReadOptions options, String location) {
    if (options.changeFeed()) {
      return summary.addedFiles() + summary.removedFiles() + summary.changeFiles() > 0;
    }
    if (summary.removedFiles() == 0) {
      return summary.addedFiles() > 0;
    }
    if (options.skipChangeCommits()) {
      return false;
    }
    if (summary.addedFiles() > 0) {
      throw SourceErrors.changeCommit(
          location,
          commit.version(),
          commit.operation(),
          summary.removedFiles(),
          summary.addedFiles());
    }
    if (!options.ignoreDeletes()) {
      throw SourceErrors.deleteCommit(
          location, commit.version(), commit.operation(), summary.removedFiles());
    }
    return false;
  }
}
