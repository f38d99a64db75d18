package io.tidemark.delta.read;

import io.delta.kernel.utils.FileStatus;
import io.tidemark.delta.kernel.KernelHistory;
import io.tidemark.delta.kernel.TableLog;
import java.io.IOException;
import java.util.Optional;

/** Commits, one by one. Each costs one look-up and one read, however long the log is. */
final class Commits implements CommitStream {

  private final TableLog log;
  private final TableStates states;
  private final long to;
  private long next;

  Commits(TableLog log, TableStates states, long from, long to) {
    this.log = log;
    this.states = states;
    this.next = from;
    this.to = to;
  }

  @Override
  public Optional<Commit> next() throws IOException {
    if (next > to) {
      return Optional.empty();
    }
    Optional<FileStatus> file = log.commit(next);
    if (file.isEmpty()) {
      long earliest = new KernelHistory(log).earliestOrUnknown();
      throw new MissingVersionException(log.location(), next, earliest, null);
    }
    DeltaCommit commit = DeltaCommit.read(log, next, file.get());
    states.learn(next, commit.said());
    next++;
    return Optional.of(commit);
  }

  @Override
  public void close() {}
}
