package io.tidemark.delta.table;

import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.kernel.AddActions;
import io.tidemark.delta.kernel.CommitDescription;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One call of append. Each round reads the newest version, looks up the last batch of the query in
 * it, and commits on top of it if that batch is the expected one. A round may end with a lost race,
 * a lost answer or another writer's schema change; the next round finds in the log what happened.
 */
final class AppendCommit {

  private static final int MAX_ROUNDS = 8;

  private final TableHead head;
  private final Append append;
  private final List<String> schemas;
  private final CommitDescription description;

  AppendCommit(TableHead head, Append append) {
    this.head = head;
    this.append = append;
    this.schemas = append.files().stream().map(DataFile::schema).distinct().toList();
    this.description = CommitDescriptions.of(append);
  }

  AppendResult run() throws IOException {
    TableVersion base = start();
    long before = base.number();
    RuntimeException failure = null;
    Backoff backoff = new Backoff();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Optional<AppendResult> settled = settled(base, before);
      if (settled.isPresent()) {
        return settled.get();
      }
      head.requireWritable(base);
      for (String schema : schemas) {
        Optional<TidemarkException> misfit = head.misfit(schema, base);
        if (misfit.isPresent()) {
          return new AppendResult.Unfit(misfit.get());
        }
      }
      try {
        return commit(base);
      } catch (MaxCommitRetryLimitReachedException e) {
        failure = retryable(e);
      } catch (ConcurrentWriteException | CommitStateUnknownException e) {
        failure = e;
      }
      backoff.pause();
      base = head.newest();
    }
    throw new IOException(
        TidemarkException.message(
            """
            Cannot commit batch %d to table %s: in each of %d attempts another writer was faster,
            or the outcome is unknown.
            """,
            append.batch(), head.location(), MAX_ROUNDS),
        failure);
  }

  /**
   * The version to commit on first. A caller whose batch no other driver can have committed has
   * usually just looked; the table is asked again when what was there is not the whole answer.
   */
  private TableVersion start() throws IOException {
    TableVersion recent = head.recent();
    return append.searchedFromMs().isEmpty()
            && append.expected().isPresent()
            && append.expected().equals(recent.lastTransaction(append.appId()))
        ? recent
        : head.newest();
  }

  /** The result when nothing has to be committed; empty when the batch is the next one. */
  private Optional<AppendResult> settled(TableVersion base, long before) throws IOException {
    OptionalLong last = base.lastTransaction(append.appId());
    boolean searches =
        last.isEmpty() && (append.expected().isPresent() || append.searchedFromMs().isPresent());
    if (last.equals(append.expected()) && !searches) {
      return Optional.empty();
    }
    OptionalLong ours = head.search().versionOf(description.attempt(), before, base);
    if (ours.isPresent()) {
      return Optional.of(new AppendResult.Committed(ours.getAsLong()));
    }
    BatchSearch search =
        head.search()
            .batch(
                base,
                append.appId(),
                append.expected().isEmpty() && append.searchedFromMs().isPresent()
                    ? append.searchedFromMs().getAsLong() - Append.CLOCKS_DIFFER_MS
                    : Long.MIN_VALUE);
    OptionalLong found =
        search.found().isPresent() ? OptionalLong.of(search.found().get().batch()) : last;
    if (last.isEmpty() && found.equals(append.expected()) && search.complete()) {
      // A table checkpoint has dropped the transaction, or the query never wrote to the table.
      base.remember(append.appId(), found);
      return Optional.empty();
    }
    return Optional.of(
        new AppendResult.Unexpected(found, search.found(), last.isPresent() || search.complete()));
  }

  private AppendResult commit(TableVersion base) throws IOException {
    AddActions files = new AddActions(append.files(), base.partitionColumns());
    TransactionCommitResult result =
        head.commits().append(base.snapshot(), append.appId(), append.batch(), files, description);
    TableVersion next = head.committed(base, result);
    if (next.number() == result.getVersion()) {
      next.remember(append.appId(), OptionalLong.of(append.batch()));
    }
    return new AppendResult.Committed(result.getVersion());
  }

  /**
   * The failure when Kernel's retries were used up by conflicts. Fails when they were used up by a
   * failing file system, which the caller retries later.
   */
  private RuntimeException retryable(MaxCommitRetryLimitReachedException e) throws IOException {
    if (e.getCause() instanceof CommitFailedException failed && !failed.isConflict()) {
      throw new IOException(
          "Cannot commit batch " + append.batch() + " to table " + head.location(), e);
    }
    return e;
  }
}
