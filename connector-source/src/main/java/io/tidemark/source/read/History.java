package io.tidemark.source.read;

import io.tidemark.delta.read.MissingVersionException;
import io.tidemark.delta.read.ReadableTable;
import io.tidemark.source.offset.CommitMark;
import io.tidemark.source.offset.Position;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Checks whether a table still has the history that shards were read from, and where they continue
 * if not.
 */
final class History {

  private final LossRule losses;

  private final Marks marks;

  /**
   * @param marks as of this look at the table
   */
  History(LossRule losses, Marks marks) {
    this.losses = losses;
    this.marks = marks;
  }

  /**
   * Where a shard continues now; fails when data is lost and {@code fail.on.data.loss} is true.
   *
   * @param all where all shards of the table continue
   */
  Position settle(Position at, ReadableTable table, long newest, Position[] all)
      throws IOException {
    String id = table.id();
    if (!at.tableId().isEmpty()
        && !at.tableId().equals(id)
        && !replacedInItsLog(at, table, newest)) {
      return pinned(losses.recreated(at, id, newest, generation(id, all)));
    }
    Position known = at.tableId().isEmpty() ? at.ofTable(id) : at;
    if (known.newestNeeded() > newest) {
      losses.vanished(known, newest);
      return pinned(inOtherHistory(known, id, newest));
    }
    CommitMark mark = known.mark();
    if (mark.isNone()) {
      return pinned(known);
    }
    Optional<CommitMark> now = marks.at(mark.version());
    if (now.isPresent() && !now.get().equals(mark)) {
      losses.replaced(known, mark.version());
      return pinned(inOtherHistory(known, id, newest));
    }
    if (now.isEmpty() && !isCleaned(mark, table)) {
      losses.unproven(known, mark.version());
      return pinned(known.marked(CommitMark.NONE));
    }
    marks.confirmed(mark);
    return known;
  }

  /** Whether log clean-up has removed a commit since this task read it or a later one. */
  private boolean isCleaned(CommitMark mark, ReadableTable table) throws IOException {
    return marks.isConfirmed(mark) && table.earliestCommit() > mark.version();
  }

  /**
   * Where to continue in a history that replaced another one: after the last commit that both have,
   * if this task has read it; otherwise at the first commit that certainly differs. A snapshot
   * continues in the newest version, after the files that were sent.
   */
  private Position inOtherHistory(Position at, String id, long newest) throws IOException {
    long generation = at.generation() + 1;
    if (at.snapshot()) {
      return at.inGeneration(generation).ofTable(id).ofVersion(newest);
    }
    Optional<CommitMark> common = marks.lastCommon(at.newestNeeded());
    return common.isPresent()
        ? Position.tail(generation, id, common.get().version() + 1).marked(common.get())
        : Position.tail(generation, id, Math.min(at.newestNeeded(), newest + 1));
  }

  /** Sets the commit that the shard continues after, if it was unknown before. */
  private Position pinned(Position at) throws IOException {
    return at.mark().isNone() && at.newestNeeded() >= 0
        ? at.marked(marks.at(at.newestNeeded()).orElse(CommitMark.NONE))
        : at;
  }

  /** Whether the id has changed by a commit that is still to be read. */
  private static boolean replacedInItsLog(Position at, ReadableTable table, long newest)
      throws IOException {
    long before = at.snapshot() ? at.version() : at.version() - 1;
    if (before < 0 || before > newest) {
      return false;
    }
    try {
      return table.at(before).tableId().equals(at.tableId());
    } catch (MissingVersionException e) {
      return false;
    }
  }

  /** The generation of shards that already read the new table, or else a new generation. */
  private static long generation(String id, Position[] all) {
    return Arrays.stream(all)
        .filter(at -> at.tableId().equals(id))
        .mapToLong(Position::generation)
        .max()
        .orElseGet(() -> 1 + Arrays.stream(all).mapToLong(Position::generation).max().orElse(0));
  }
}
