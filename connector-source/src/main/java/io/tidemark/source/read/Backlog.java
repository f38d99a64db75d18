package io.tidemark.source.read;

import io.tidemark.delta.read.Commit;
import io.tidemark.delta.read.CommitStream;
import io.tidemark.delta.read.MissingVersionException;
import io.tidemark.delta.read.ReadableTable;
import io.tidemark.source.offset.Position;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;

/** The known versions that are still to be read, for the metrics only. */
final class Backlog {

  /** The number of commits to look ahead, limited because each is read an additional time. */
  private static final int AHEAD = 100;

  private final TreeMap<Long, Ahead> ahead = new TreeMap<>();

  /** The rest of the snapshot as of the last listing. */
  private long snapshotFiles;

  private long snapshotBytes;
  private long snapshotMs = -1;

  /** What has been read since the listing, or of the current version. */
  private long filesRead;

  private long bytesRead;

  private record Ahead(int files, long bytes, long timestampMs) {}

  void look(ReadableTable table, Position least, long newest) throws IOException {
    long first = least.snapshot() ? least.version() + 1 : least.version();
    ahead.headMap(first).clear();
    long from = ahead.isEmpty() ? first : ahead.lastKey() + 1;
    long to = Math.min(newest, first + AHEAD - 1);
    if (from > to) {
      return;
    }
    try (CommitStream commits = table.commits(from, to)) {
      for (Optional<Commit> next = commits.next(); next.isPresent(); next = commits.next()) {
        Commit commit = next.get();
        Commit.Summary summary = commit.summary();
        ahead.put(
            commit.version(),
            new Ahead(summary.addedFiles(), summary.addedBytes(), commit.timestampMs()));
      }
    } catch (MissingVersionException e) {
      // The error is reported when the version itself is read.
      ahead.clear();
    }
  }

  void snapshotListed(long files, long bytes) {
    snapshotFiles = files;
    snapshotBytes = bytes;
    filesRead = 0;
    bytesRead = 0;
  }

  /**
   * @param timestampMs -1 when unknown
   */
  void snapshotCommitted(long timestampMs) {
    snapshotMs = timestampMs;
  }

  void fileRead(long bytes) {
    filesRead++;
    bytesRead += bytes;
  }

  void partRead(Position part) {
    ahead.headMap(part.version(), true).clear();
    snapshotListed(0, 0);
    snapshotCommitted(-1);
  }

  Lag lag(Position least, long newest, long nowMs) {
    if (least.version() > newest) {
      return Lag.NONE;
    }
    long files = snapshotFiles;
    long bytes = snapshotBytes;
    for (Ahead version : ahead.values()) {
      files += version.files();
      bytes += version.bytes();
    }
    files = Math.max(0, files - filesRead);
    bytes = Math.max(0, bytes - bytesRead);
    long sinceMs = ahead.isEmpty() ? nowMs : ahead.firstEntry().getValue().timestampMs();
    sinceMs = snapshotMs < 0 ? sinceMs : snapshotMs;
    return new Lag(newest - least.version() + 1, files, bytes, Math.max(0, nowMs - sinceMs));
  }
}
