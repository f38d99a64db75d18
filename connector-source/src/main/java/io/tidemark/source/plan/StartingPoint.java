package io.tidemark.source.plan;

import io.tidemark.delta.read.ReadableTable;
import io.tidemark.source.error.SourceErrors;
import io.tidemark.source.offset.CommitMark;
import io.tidemark.source.offset.Position;
import java.io.IOException;
import java.util.Optional;

/**
 * The point at which reading a table starts when nothing of it has been read. The connector
 * resolves it once, so that all tasks of a table start at the same version.
 */
public sealed interface StartingPoint {

  /**
   * The first position of every shard.
   *
   * @param table empty when there is none yet; it is then read from its first version on
   */
  static Position resolve(StartingPoint point, Optional<ReadableTable> table) throws IOException {
    return table.isEmpty() ? Position.tail(0, "", 0) : point.in(table.get());
  }

  /** Tasks start after exactly the commit that was seen here, not only after its version number. */
  private static Position marked(Position start, ReadableTable table) throws IOException {
    long before = start.newestNeeded();
    return before < 0 ? start : start.marked(CommitMark.of(before, table.mark(before)));
  }

  /** The first position in a table that is there. */
  Position in(ReadableTable table) throws IOException;

  /** All rows that the table has now, then new versions. */
  record Snapshot() implements StartingPoint {
    @Override
    public Position in(ReadableTable table) throws IOException {
      long newest = table.newest();
      return marked(Position.snapshot(0, table.id(), newest), table);
    }
  }

  /** Only new versions. */
  record Latest() implements StartingPoint {
    @Override
    public Position in(ReadableTable table) throws IOException {
      long newest = table.newest();
      return marked(Position.tail(0, table.id(), newest + 1), table);
    }
  }

  /** The first commit that the log still has. */
  record Earliest() implements StartingPoint {
    @Override
    public Position in(ReadableTable table) throws IOException {
      table.newest();
      return marked(Position.tail(0, table.id(), table.earliestCommit()), table);
    }
  }

  /**
   * A version.
   *
   * @param version the first one whose commit is read
   */
  record Version(long version) implements StartingPoint {
    @Override
    public Position in(ReadableTable table) throws IOException {
      long newest = table.newest();
      if (version > newest + 1) {
        throw SourceErrors.startsInTheFuture(table.location(), version, newest);
      }
      return marked(Position.tail(0, table.id(), version), table);
    }
  }

  /**
   * The first version that was committed at or after a time; the next one when there is none.
   *
   * @param timestampMs epoch milliseconds
   */
  record Timestamp(long timestampMs) implements StartingPoint {
    @Override
    public Position in(ReadableTable table) throws IOException {
      long newest = table.newest();
      long first = table.firstVersionFrom(timestampMs).orElse(newest + 1);
      return marked(Position.tail(0, table.id(), first), table);
    }
  }
}
