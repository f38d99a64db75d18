package io.tidemark.delta.read;

import io.delta.kernel.utils.FileStatus;
import io.tidemark.delta.kernel.KernelSnapshot;
import io.tidemark.delta.kernel.TableLog;
import java.io.IOException;
import java.util.Optional;

/**
 * The newest known version of a table, and a check that the table is still the same. A table that
 * was removed or recreated does not have the same file for the newest known commit.
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

  /** Whether the file of the newest known commit is unchanged. */
  boolean isThere() throws IOException {
    return commit.isPresent() && log.has(commit.get());
  }

  /** Finds the newest commit and returns its version; one look-up when there is no new one. */
  long advance() throws IOException {
    Optional<FileStatus> next = log.commit(version + 1);
    while (next.isPresent()) {
      version++;
      commit = next;
      next = log.commit(version + 1);
    }
    return version;
  }

  /** Starts again at a loaded version. */
  void take(KernelSnapshot latest) throws IOException {
    version = latest.version();
    commit = log.commit(version);
  }
}
