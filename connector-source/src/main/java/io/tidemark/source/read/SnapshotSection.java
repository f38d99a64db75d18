package io.tidemark.source.read;

import io.tidemark.delta.read.Commit;
import io.tidemark.delta.read.CommitStream;
import io.tidemark.delta.read.FilePage;
import io.tidemark.delta.read.FileRows;
import io.tidemark.delta.read.MissingVersionException;
import io.tidemark.delta.read.ReadableTable;
import io.tidemark.delta.read.TableFile;
import io.tidemark.delta.read.TableState;
import io.tidemark.source.offset.CommitMark;
import io.tidemark.source.offset.Position;
import io.tidemark.source.offset.Shards;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.IntPredicate;

/** The files of a snapshot, a page at a time. */
final class SnapshotSection implements Section {

  private final ReadableTable table;
  private final Position start;
  private final Shards shards;
  private final IntPredicate members;
  private final int pageFiles;
  private final Backlog backlog;
  private final Confirmation history;
  private final Queue<TableFile> page = new ArrayDeque<>();
  private Optional<TableFile> last;
  private boolean complete;
  private Step.Part part;

  /** Checks whether the history is unchanged. */
  interface Confirmation {
    void confirm() throws IOException;
  }

  /**
   * @param from the position of the shard that has come least far
   * @param members shards that read this snapshot
   * @param backlog receives what is left of the snapshot
   * @param history whether the log that was just read is still the one that shards were read from
   */
  SnapshotSection(
      ReadableTable table,
      Position from,
      Shards shards,
      IntPredicate members,
      int pageFiles,
      Backlog backlog,
      Confirmation history) {
    this.table = table;
    this.start = from;
    this.shards = shards;
    this.members = members;
    this.pageFiles = pageFiles;
    this.backlog = backlog;
    this.history = history;
    // Files of the same millisecond come again, since one of them may be half read.
    this.last =
        from.file().isEmpty()
            ? Optional.empty()
            : Optional.of(TableFile.position("", from.modifiedMs()));
  }

  @Override
  public Optional<Item> next() throws IOException {
    if (page.isEmpty() && !complete) {
      FilePage found =
          table.files(start.version(), path -> members.test(shards.of(path)), last, pageFiles);
      history.confirm();
      backlog.snapshotListed(found.leftFiles(), found.leftBytes());
      List<TableFile> files = found.files();
      complete = files.size() < pageFiles;
      page.addAll(files);
      if (!files.isEmpty()) {
        TableFile end = files.get(files.size() - 1);
        last = Optional.of(TableFile.position(end.path(), end.modificationMs()));
      }
    }
    return Optional.ofNullable(page.poll())
        .map(
            file ->
                new Item(
                    shards.of(file.path()),
                    start.inFile(file.modificationMs(), file.path(), 0),
                    file.bytes(),
                    file));
  }

  @Override
  public Step.Part part(Item item) throws IOException {
    if (part == null) {
      TableState state = table.at(start.version());
      part = new Step.Part(state, start.version(), timestampMs());
      backlog.snapshotCommitted(part.timestampMs());
    }
    return part;
  }

  /** When the version was committed, if the log still has its commit and not only a checkpoint. */
  private long timestampMs() throws IOException {
    try (CommitStream commits = table.commits(start.version(), start.version())) {
      return commits.next().map(Commit::timestampMs).orElse(-1L);
    } catch (MissingVersionException onlyCheckpointed) {
      return -1;
    }
  }

  @Override
  public CommitMark mark() {
    return start.mark();
  }

  @Override
  public String tableId() {
    return part == null ? start.tableId() : part.state().tableId();
  }

  @Override
  public FileRows open(Item item, long fromRow) throws IOException {
    return table.rows(part(item).state(), (TableFile) item.source(), fromRow);
  }

  @Override
  public void close() {
    page.clear();
  }
}
