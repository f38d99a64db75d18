package io.tidemark.source.read;

import io.tidemark.delta.read.ChangeStream;
import io.tidemark.delta.read.Commit;
import io.tidemark.delta.read.FileChange;
import io.tidemark.delta.read.FileRows;
import io.tidemark.delta.read.MissingVersionException;
import io.tidemark.delta.read.ReadableTable;
import io.tidemark.source.offset.CommitMark;
import io.tidemark.source.offset.Position;
import io.tidemark.source.offset.Shards;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The changes of one commit. */
final class CommitSection implements Section {

  private final ReadableTable table;
  private final Commit commit;
  private final Position start;
  private final Shards shards;
  private final IntPredicate members;
  private final Commit.Summary summary;
  private ChangeStream changes;
  private Step.Part part;
  private Step.Part partBefore;

  /**
   * Looks at the commit, and fails when a plain stream cannot show what it does.
   *
   * @param mark of the commit
   * @param from a position in the version
   * @param members shards that read this version
   */
  CommitSection(
      ReadableTable table,
      Commit commit,
      CommitMark mark,
      Position from,
      Shards shards,
      IntPredicate members,
      ReadOptions options)
      throws IOException {
    this.table = table;
    this.commit = commit;
    this.start = Position.tail(from.generation(), from.tableId(), from.version()).marked(mark);
    this.shards = shards;
    this.members = members;
    this.summary = commit.summary();
    if (CommitRule.shows(commit, summary, options, table.location())) {
      changes =
          commit.changes(options.changeFeed() ? Commit.Reading.CHANGES : Commit.Reading.APPENDS);
    }
  }

  @Override
  public Optional<Item> next() throws IOException {
    while (changes != null) {
      Optional<FileChange> change = changes.next();
      if (change.isEmpty()) {
        return Optional.empty();
      }
      int shard = shards.of(change.get().path());
      if (members.test(shard)) {
        return Optional.of(
            new Item(
                shard,
                start.inChange(change.get().index(), 0),
                change.get().bytes(),
                change.get()));
      }
    }
    return Optional.empty();
  }

  /**
   * Removed rows are read with the columns they were written with: the commit may change the
   * columns.
   */
  @Override
  public Step.Part part(Item item) throws IOException {
    if (((FileChange) item.source()).ofVersionBefore()
        && summary.changesMetadata()
        && start.version() > 0) {
      partBefore = partBefore == null ? partBefore() : partBefore;
      return partBefore;
    }
    part = part == null ? partOf(start.version()) : part;
    return part;
  }

  private Step.Part partBefore() throws IOException {
    try {
      return partOf(start.version() - 1);
    } catch (MissingVersionException e) {
      throw MissingVersionException.columnsUnknown(
          table.location(), start.version(), start.version() + 1, e);
    }
  }

  private Step.Part partOf(long version) throws IOException {
    return new Step.Part(table.at(version), start.version(), commit.timestampMs());
  }

  @Override
  public CommitMark mark() {
    return start.mark();
  }

  @Override
  public String tableId() {
    return summary.tableId() == null ? start.tableId() : summary.tableId();
  }

  @Override
  public FileRows open(Item item, long fromRow) throws IOException {
    return table.rows(part(item).state(), (FileChange) item.source(), fromRow);
  }

  @Override
  public void close() throws IOException {
    if (changes != null) {
      changes.close();
      changes = null;
    }
  }
}
