package io.tidemark.source.read;

import io.tidemark.delta.read.Commit;
import io.tidemark.delta.read.CommitStream;
import io.tidemark.delta.read.ReadableTable;
import java.io.Closeable;
import java.io.IOException;

/** The commits of a table one after the other, through one stream as long as they follow. */
final class Commits implements Closeable {

  private final ReadableTable table;
  private CommitStream stream;
  private long next;
  private long last;

  Commits(ReadableTable table) {
    this.table = table;
  }

  /**
   * The commit of a version.
   *
   * @param newest the newest version now
   */
  Commit at(long version, long newest) throws IOException {
    if (stream == null || next != version || version > last) {
      close();
      stream = table.commits(version, newest);
      next = version;
      last = newest;
    }
    Commit commit =
        stream
            .next()
            .orElseThrow(
                () ->
                    new IOException(
                        "the log of " + table.location() + " ends before version " + version));
    if (commit.version() != version) {
      throw new IOException(
          "the log of "
              + table.location()
              + " has version "
              + commit.version()
              + " where version "
              + version
              + " was expected");
    }
    next = version + 1;
    return commit;
  }

  @Override
  public void close() throws IOException {
    CommitStream open = stream;
    stream = null;
    if (open != null) {
      open.close();
    }
  }
}
