package io.tidemark.delta.read;

import io.delta.kernel.utils.FileStatus;
import io.tidemark.delta.kernel.KernelSnapshot;
import io.tidemark.delta.kernel.TableLog;
import java.io.IOException;
import java.util.Optional;

/**
 * The newest version of a table that is known, and whether the table is still the same one: a table
 * that was removed or recreated has another file where the newest known commit was.
 */
final class TableTip {

  private final TableLog log;
  private long version;
  private Optional<FileStatus> commit;

  TableTip(TableLog log, KernelSnapshot latest) throws IOException {
    this.log = log;
    take(latest);
  }

  long version() {
    return version;
  }

  /** Whether the newest known commit is still what it was. */
  boolean isThere() throws IOException {
    return commit.isPresent() && log.has(commit.get());
  }

  /** Goes on to the newest commit; one look-up when there is nothing new. */
  long advance() throws IOException {
    Optional<FileStatus> next = log.commit(version + 1);
    while (next.isPresent()) {
      version++;
      commit = next;
      next = log.commit(version + 1);
    }
    return version;
  }

  /** Starts over at a version that was loaded. */
  void take(KernelSnapshot latest) throws IOException {
    version = latest.version();
    commit = log.commit(version);
  }
}
