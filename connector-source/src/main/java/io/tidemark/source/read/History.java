package io.tidemark.source.read;

import io.tidemark.delta.read.MissingVersionException;
import io.tidemark.delta.read.ReadableTable;
import io.tidemark.source.offset.Position;
import java.io.IOException;
import java.util.Arrays;

/** Whether a table is still the one that shards were read from, and where they continue if not. */
final class History {

  private final LossRule losses;

  History(LossRule losses) {
    this.losses = losses;
  }

  /**
   * Where a shard continues now; fails when what it was to read is lost and that is not allowed.
   *
   * @param all where all shards of the table continue
   */
  Position settle(Position at, ReadableTable table, long newest, Position[] all)
      throws IOException {
    String id = table.id();
    if (at.tableId().isEmpty()) {
      return at.newestNeeded() > newest
          ? losses.vanished(at, id, newest, at.generation() + 1)
          : at.ofTable(id);
    }
    if (!at.tableId().equals(id) && !replacedInItsLog(at, table, newest)) {
      return losses.recreated(at, id, newest, generation(id, all));
    }
    return at.newestNeeded() > newest ? losses.vanished(at, id, newest, at.generation() + 1) : at;
  }

  /** Whether the id has changed by a commit that is still to be read. */
  private static boolean replacedInItsLog(Position at, ReadableTable table, long newest)
      throws IOException {
    if (at.newestNeeded() < 0 || at.newestNeeded() > newest) {
      return false;
    }
    try {
      return table.at(at.newestNeeded()).tableId().equals(at.tableId());
    } catch (MissingVersionException e) {
      return false;
    }
  }

  /** That of shards which read the new table already, or one behind all. */
  private static long generation(String id, Position[] all) {
    return Arrays.stream(all)
        .filter(at -> at.tableId().equals(id))
        .mapToLong(Position::generation)
        .max()
        .orElseGet(() -> 1 + Arrays.stream(all).mapToLong(Position::generation).max().orElse(0));
  }
}
