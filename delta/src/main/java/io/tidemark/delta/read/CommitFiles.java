package io.tidemark.delta.read;

import io.delta.kernel.utils.FileStatus;
import io.tidemark.delta.kernel.LogRows;
import io.tidemark.delta.kernel.TableLog;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The file actions of one commit, in the order of the log. They can be read several times: a small
 * commit is kept in memory, a large one is read from the log again.
 */
final class CommitFiles {

  /** A commit with more files is not kept in memory. */
  static final int MAX_KEPT = 2_000;

  private final TableLog log;
  private final FileStatus commit;
  private List<LogFile> kept = new ArrayList<>();

  CommitFiles(TableLog log, FileStatus commit) {
    this.log = log;
    this.commit = commit;
  }

  /** Takes the next action while the commit is read for the first time. */
  void heard(LogFile file) {
    if (kept != null && kept.size() < MAX_KEPT) {
      kept.add(file);
    } else {
      kept = null;
    }
  }

  /** Starts to read all actions, from the first one. */
  Pass pass() throws IOException {
    if (kept != null) {
      return new Pass(null, kept.iterator());
    }
    Pass again = new Pass(log.rows(commit, LogFile.FILES), null);
    if (!log.has(commit)) {
      again.close();
      throw new IOException("Commit " + commit.getPath() + " was replaced while it was read");
    }
    return again;
  }

  /** One read of the actions. */
  static final class Pass implements Closeable {
    private final LogRows rows;
    private final Iterator<LogFile> kept;

    private Pass(LogRows rows, Iterator<LogFile> kept) {
      this.rows = rows;
      this.kept = kept;
    }

    /** The next action, or null. */
    LogFile next() throws IOException {
      if (kept != null) {
        return kept.hasNext() ? kept.next() : null;
      }
      return rows.next(LogFile::of).orElse(null);
    }

    @Override
    public void close() throws IOException {
      if (rows != null) {
        rows.close();
      }
    }
  }
}
