package io.tidemark.source.read;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.read.Commit;
import io.tidemark.delta.read.FileRows;
import io.tidemark.delta.read.MissingFileException;
import io.tidemark.delta.read.MissingVersionException;
import io.tidemark.delta.read.ReadableTable;
import io.tidemark.delta.read.ReadableTables;
import io.tidemark.source.offset.CommitMark;
import io.tidemark.source.offset.Position;
import io.tidemark.source.offset.ShardPositions;
import io.tidemark.source.offset.Shards;
import io.tidemark.source.plan.ShardRange;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads some shards of one table in lockstep: always those that are the least far, one snapshot or
 * version at a time. After a failure it continues after the last row that it returned. Used by one
 * thread.
 */
public final class TableReader {

  private static final Logger LOG = LoggerFactory.getLogger(TableReader.class);

  private final ReadableTables tables;
  private final String location;
  private final Shards shards;
  private final ShardRange range;
  private final ReadOptions options;
  private final ReadCounts counts;
  private final LossRule losses;
  private final History history;
  private final Marks marks = new Marks();
  private final Backlog backlog = new Backlog();

  /** Where all shards of the table continue; for shards of other tasks, as known at the start. */
  private final Position[] at;

  private ReadableTable table;
  private long newest = -1;
  private boolean missed;

  private Commits commits;
  private Section section;
  private Section.Item item;
  private FileRows rows;

  /**
   * @param range the shards to read
   * @param positions where all shards of the table continue
   */
  public TableReader(
      ReadableTables tables,
      String location,
      Shards shards,
      ShardRange range,
      ShardPositions positions,
      ReadOptions options,
      ReadCounts counts) {
    this.tables = tables;
    this.location = location;
    this.shards = shards;
    this.range = range;
    this.at = positions.toArray();
    this.options = options;
    this.counts = counts;
    this.losses = new LossRule(location, options.failOnDataLoss(), counts);
    this.history = new History(losses, marks);
  }

  /** The positions after the returned rows; for shards of other tasks, as known at the start. */
  public ShardPositions positions() {
    return ShardPositions.copyOf(at);
  }

  /** Location of the table. */
  public String location() {
    return location;
  }

  /** Checks for new versions, and whether the table still has the same history. */
  public void look() throws IOException {
    losses.newLoss();
    if (table == null && !open()) {
      return;
    }
    try {
      newest = table.newest();
    } catch (TidemarkException e) {
      close();
      if (!losses.continues() || tables.open(location).isPresent()) {
        throw e;
      }
      losses.dropped(least().version(), e);
      missed = true;
      return;
    }
    marks.look(table);
    for (int shard = range.from(); shard < range.to(); shard++) {
      Position settled = history.settle(at[shard], table, newest, at);
      if (!settled.equals(at[shard])) {
        reset();
        at[shard] = settled;
      }
    }
    backlog.look(table, least(), newest);
  }

  private boolean open() throws IOException {
    Optional<ReadableTable> found = tables.open(location);
    if (found.isEmpty()) {
      if (!missed && !least().tableId().isEmpty()) {
        losses.dropped(least().version(), null);
      }
      if (!missed) {
        LOG.warn("There is no table at {} yet; waiting for it", location);
      }
      missed = true;
      return false;
    }
    missed = false;
    table = found.get();
    commits = new Commits(table);
    return true;
  }

  /** The next thing: a row, or the end of something. Opens one file or version at most. */
  public Step next() throws IOException {
    if (table == null) {
      return new Step.UpToDate();
    }
    try {
      return step();
    } catch (MissingFileException e) {
      losses.newLoss();
      losses.fileMissing(e);
      return endFile();
    } catch (MissingVersionException e) {
      skip(e);
      return new Step.Passed();
    } catch (OtherHistoryException e) {
      // The check finds out what happened to the table before anything of it is returned.
      reset();
      look();
      return new Step.Passed();
    } catch (IOException | RuntimeException e) {
      reset();
      throw e;
    }
  }

  private Step step() throws IOException {
    if (rows != null) {
      return row();
    }
    if (section == null) {
      Position least = least();
      if (least.version() > newest) {
        return new Step.UpToDate();
      }
      section = section(least);
    }
    Optional<Section.Item> found = section.next();
    if (found.isEmpty()) {
      return endPart();
    }
    item = found.get();
    Position after = item.start().atRow(Position.DONE);
    Position now = at[item.shard()];
    if (!now.isBefore(after)) {
      backlog.fileRead(item.bytes());
      return new Step.Passed();
    }
    Position from = now.sameFile(item.start()) ? now : item.start().inGeneration(now.generation());
    rows = section.open(item, from.row());
    at[item.shard()] = from.marked(section.mark());
    counts.fileOpened(item.bytes());
    return row();
  }

  private Step row() throws IOException {
    if (!rows.next()) {
      return endFile();
    }
    Position next = at[item.shard()].atRow(rows.position() + 1);
    at[item.shard()] = next;
    return new Step.Row(item.shard(), next, section.part(item), rows.changeType(), rows.value());
  }

  private Section section(Position least) throws IOException {
    // Evaluated now: in the middle of a version, shards without rows in it are still in front of
    // it.
    boolean[] members = new boolean[shards.count()];
    Set<CommitMark> read = new LinkedHashSet<>();
    for (int shard = range.from(); shard < range.to(); shard++) {
      members[shard] = at[shard].sameSection(least);
      if (members[shard] && !at[shard].mark().isNone()) {
        read.add(at[shard].mark());
      }
    }
    if (least.snapshot()) {
      return new SnapshotSection(
          table,
          least,
          shards,
          shard -> members[shard],
          options.pageFiles(),
          backlog,
          () -> marks.confirm(table, read));
    }
    CommitMark mark = CommitMark.of(least.version(), table.mark(least.version()));
    Commit commit = commits.at(least.version(), newest);
    read.add(mark);
    marks.confirm(table, read);
    return new CommitSection(table, commit, mark, least, shards, shard -> members[shard], options);
  }

  private Step endFile() throws IOException {
    at[item.shard()] =
        item.start().inGeneration(at[item.shard()].generation()).atRow(Position.DONE);
    Closing.quietly(rows);
    rows = null;
    backlog.fileRead(item.bytes());
    return new Step.FileEnd(item.bytes());
  }

  private Step endPart() {
    Position least = least();
    String id = section.tableId();
    CommitMark mark = section.mark();
    Closing.quietly(section);
    section = null;
    backlog.partRead(least);
    moveAll(least, now -> now.ofTable(id).nextVersion().marked(mark));
    return new Step.PartEnd(least.version());
  }

  private void skip(MissingVersionException e) throws IOException {
    Position least = least();
    long earliest = e.earliest() < 0 ? table.earliestCommit() : e.earliest();
    if (earliest <= e.version()) {
      // Not caused by retention: a check finds out whether the newest versions vanished.
      reset();
      look();
      if (table != null && least().equals(least)) {
        skipHole(least, e);
      }
      return;
    }
    losses.newLoss();
    if (e.areColumnsUnknown()) {
      losses.columnsMissing(least, earliest, e);
    } else {
      losses.versionsMissing(least, earliest, e);
    }
    reset();
    if (least.snapshot() && least.version() >= newest) {
      throw new IOException("the newest version of " + location + " cannot be read", e);
    }
    // A newer snapshot begins with the files that were already sent; they are skipped.
    CommitMark mark = CommitMark.of(newest, table.mark(newest));
    moveAll(
        least,
        now ->
            now.snapshot()
                ? now.ofVersion(newest).marked(mark)
                : Position.tail(
                    now.generation(), now.tableId(), Math.max(earliest, now.version() + 1)));
  }

  /** A commit was removed from the middle of the log. */
  private void skipHole(Position least, MissingVersionException e) throws IOException {
    long next = e.version();
    while (next <= newest && table.mark(next).isEmpty()) {
      next++;
    }
    if (least.snapshot() || next == e.version() || next > newest) {
      throw new IOException("version " + e.version() + " cannot be read now", e);
    }
    losses.newLoss();
    losses.versionsInBetweenMissing(least, next, e);
    long found = next;
    moveAll(least, now -> Position.tail(now.generation(), now.tableId(), found));
  }

  private void moveAll(Position section, UnaryOperator<Position> move) {
    for (int shard = range.from(); shard < range.to(); shard++) {
      if (at[shard].sameSection(section)) {
        at[shard] = move.apply(at[shard]);
      }
    }
  }

  private Position least() {
    Position least = at[range.from()];
    for (int shard = range.from() + 1; shard < range.to(); shard++) {
      least = at[shard].isBefore(least) ? at[shard] : least;
    }
    return least;
  }

  /** How far it is behind, as of the last {@link #look}. */
  public Lag lag(long nowMs) {
    return table == null ? Lag.UNKNOWN : backlog.lag(least(), newest, nowMs);
  }

  /** Whether there was no table at the last {@link #look}. */
  public boolean isMissing() {
    return missed;
  }

  /** Closes what is open; reading continues after the last row returned. */
  public void reset() {
    Closing.quietly(rows);
    Closing.quietly(section);
    Closing.quietly(commits);
    rows = null;
    section = null;
  }

  /** Closes the table too. */
  public void close() {
    reset();
    table = null;
  }
}
