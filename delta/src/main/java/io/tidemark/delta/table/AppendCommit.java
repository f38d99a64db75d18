package io.tidemark.delta.table;

import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.tidemark.delta.schema.TableSchema;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One call of append. Each round reads the newest version, asks there whether the batch is
 * committed, and commits on top. So whatever ended the round before (a lost race, a lost answer,
 * somebody's schema change), the log decides what it meant.
 */
final class AppendCommit {

  private static final int MAX_ROUNDS = 8;

  private final TableHead head;
  private final Append append;
  private final TableSchema written;
  private final CommitDescription description;

  /**
   * @param written the schema that the files were written for
   */
  AppendCommit(TableHead head, Append append, TableSchema written) {
    this.head = head;
    this.append = append;
    this.written = written;
    this.description = CommitDescription.of(append);
  }

  AppendResult run() throws IOException {
    TableVersion base = head.newest();
    long before = base.number();
    RuntimeException failure = null;
    Backoff backoff = new Backoff();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Optional<AppendResult> settled = settled(base, before);
      if (settled.isPresent()) {
        return settled.get();
      }
      head.requireWritable(base);
      head.requireFit(written, base);
      try {
        return commit(base);
      } catch (MaxCommitRetryLimitReachedException e) {
        failure = retryable(e);
      } catch (ConcurrentWriteException | CommitStateUnknownException e) {
        failure = e;
      } catch (KernelException e) {
        throw TableErrors.unreadable(head.location(), e);
      }
      backoff.pause();
      base = head.newest();
    }
    throw new IOException(
        "Batch "
            + append.batch()
            + " lost every race for the next version of table "
            + head.location(),
        failure);
  }

  private Optional<AppendResult> settled(TableVersion base, long before) throws IOException {
    OptionalLong last = head.lastTransaction(base, append.appId());
    if (last.isEmpty() || last.getAsLong() < append.batch()) {
      return Optional.empty();
    }
    OptionalLong ours = head.versionOf(description.attempt(), before, base);
    return Optional.of(
        ours.isPresent()
            ? new AppendResult.Committed(ours.getAsLong())
            : new AppendResult.AlreadyCommitted(last.getAsLong()));
  }

  private AppendResult commit(TableVersion base) throws IOException {
    TransactionCommitResult result = head.commits().append(base, append, description);
    TableVersion next = head.committed(base, result);
    if (next.number() == result.getVersion()) {
      next.remember(append.appId(), OptionalLong.of(append.batch()));
    }
    return new AppendResult.Committed(result.getVersion());
  }

  /**
   * Retries went to conflicts, or else into a failing file system, which is not ours to insist on.
   */
  private RuntimeException retryable(MaxCommitRetryLimitReachedException e) throws IOException {
    if (e.getCause() instanceof CommitFailedException failed && !failed.isConflict()) {
      throw new IOException(
          "Cannot commit batch " + append.batch() + " to table " + head.location(), e);
    }
    return e;
  }
}
