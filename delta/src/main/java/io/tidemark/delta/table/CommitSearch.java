package io.tidemark.delta.table;

import io.delta.kernel.utils.FileStatus;
import io.tidemark.delta.kernel.CommitInfoCommitter;
import io.tidemark.delta.kernel.TableLog;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Searches the commits of one table, from the newest one backwards. */
final class CommitSearch {

  /** A commit is not older than its files, but their times are those of two clocks. */
  private static final long CLOCK_SLACK_MS = 86_400_000;

  private static final String TRANSACTION_RETENTION = "delta.setTransactionRetentionDuration";

  private final TableLog log;

  CommitSearch(TableLog log) {
    this.log = log;
  }

  /** The version in {@code (after, until]} that this attempt committed; empty for none. */
  OptionalLong versionOf(String attempt, long after, TableVersion until) throws IOException {
    for (long version = until.number(); version > after; version--) {
      FileStatus commit = FileStatus.of(log.commitPath(version));
      if (attempt.equals(CommitInfoCommitter.attempt(log, commit))) {
        return OptionalLong.of(version);
      }
    }
    return OptionalLong.empty();
  }

  /**
   * The newest batch of a query up to a version.
   *
   * @param fromMs commits that were written earlier are not read, epoch milliseconds
   */
  BatchSearch batch(TableVersion until, String appId, long fromMs) throws IOException {
    for (long version = until.number(); version >= 0; version--) {
      Optional<FileStatus> commit = log.commit(version);
      if (commit.isEmpty()) {
        return new BatchSearch(Optional.empty(), false);
      }
      if (commit.get().getModificationTime() < fromMs) {
        break;
      }
      Optional<CommittedBatch> batch = CommittedBatches.read(log, commit.get(), version, appId);
      if (batch.isPresent()) {
        return new BatchSearch(batch, true);
      }
    }
    return new BatchSearch(Optional.empty(), true);
  }

  /**
   * Those of the files that a commit or the newest version names.
   *
   * @param sinceMs when the oldest of the files was written, epoch milliseconds
   */
  Set<String> named(Set<String> paths, long sinceMs, TableVersion newest) throws IOException {
    NamedFiles named = new NamedFiles(paths);
    Optional<FileStatus> commit = commitSince(newest.number(), sinceMs);
    for (long version = newest.number(); commit.isPresent() && !named.isComplete(); version--) {
      log.read(commit.get(), NamedFiles.ACTIONS, named::inCommit);
      commit = version == 0 ? Optional.empty() : commitSince(version - 1, sinceMs);
    }
    return named.isComplete() ? named.found() : newest.snapshot().files(false, named::inVersion);
  }

  /** A commit, unless it is too old to name any of the files. */
  private Optional<FileStatus> commitSince(long version, long sinceMs) throws IOException {
    return log.commit(version)
        .filter(commit -> commit.getModificationTime() >= sinceMs - CLOCK_SLACK_MS);
  }

  /** The newest batches of other queries up to a version, as far as the log has the commits. */
  OtherQueries otherQueries(String appId, TableVersion until) throws IOException {
    SortedSet<String> sought = new TreeSet<>(until.snapshot().appIds());
    sought.remove(appId);
    // When transactions expire, the version may have none of a query that wrote to the table.
    boolean forgetful = until.properties().containsKey(TRANSACTION_RETENTION);
    Map<String, CommittedBatch> found = new LinkedHashMap<>();
    for (long version = until.number();
        version >= 0 && (forgetful || !sought.isEmpty());
        version--) {
      Optional<FileStatus> commit = log.commit(version);
      if (commit.isEmpty()) {
        break;
      }
      CommittedBatches.read(
              log,
              commit.get(),
              version,
              query -> !query.equals(appId) && !found.containsKey(query))
          .ifPresent(
              batch -> {
                found.put(batch.queryId(), batch);
                sought.remove(batch.queryId());
              });
    }
    return new OtherQueries(List.copyOf(found.values()), sought);
  }
}
