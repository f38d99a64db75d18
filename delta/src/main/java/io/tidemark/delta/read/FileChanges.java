package io.tidemark.delta.read;

import io.tidemark.delta.read.Rewrites.Rewrite;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Makes the changes of one commit from its file actions. All rows that are gone come before all
 * rows that the table has afterwards, even if a change file has both. So when a commit moves a row
 * to another file, a consumer that knows rows only by their key has the row in the end. Within each
 * of the two groups the order is that of the log, so it is the same each time the commit is read.
 */
final class FileChanges implements ChangeStream {

  /** Makes a file action of an entry of the log; null when this pass does not need the entry. */
  private interface Meaning {
    FileAction of(LogFile file);
  }

  private final long version;
  private final CommitFiles files;
  private final Deque<Meaning> passes;
  private CommitFiles.Pass pass;
  private int index;

  private FileChanges(long version, CommitFiles files, List<Meaning> passes) {
    this.version = version;
    this.files = files;
    this.passes = new ArrayDeque<>(passes);
  }

  /** Changes for new files with new rows. */
  static ChangeStream appended(long version, CommitFiles files, Rewrites rewrites) {
    return new FileChanges(
        version,
        files,
        List.of(
            file ->
                file.kind() == LogFile.Kind.ADD && file.dataChange() && rewrites.of(file) == null
                    ? action(FileAction.Rows.PRESENT, file)
                    : null));
  }

  /** Changes from the files of the change data feed. */
  static ChangeStream ofFeed(long version, CommitFiles files) {
    return new FileChanges(
        version,
        files,
        List.of(
            file -> ofFeed(FileAction.Rows.FEED_GONE, file),
            file -> ofFeed(FileAction.Rows.FEED_THERE, file)));
  }

  private static FileAction ofFeed(FileAction.Rows rows, LogFile file) {
    return file.kind() == LogFile.Kind.CHANGE ? action(rows, file) : null;
  }

  /** Changes that follow from added and removed files. */
  static ChangeStream derived(long version, CommitFiles files, Rewrites rewrites) {
    return new FileChanges(
        version, files, List.of(file -> deletes(file, rewrites), file -> inserts(file, rewrites)));
  }

  private static FileAction deletes(LogFile file, Rewrites rewrites) {
    if (file.kind() != LogFile.Kind.REMOVE || !file.dataChange()) {
      return null;
    }
    Rewrite rewrite = rewrites.of(file);
    if (rewrite == null) {
      return action(FileAction.Rows.REMOVED, file);
    }
    return rewrite.added().deleted() == null
        ? null
        : rewritten(FileAction.Rows.NEWLY_DELETED, rewrite);
  }

  private static FileAction inserts(LogFile file, Rewrites rewrites) {
    if (file.kind() != LogFile.Kind.ADD || !file.dataChange()) {
      return null;
    }
    Rewrite rewrite = rewrites.of(file);
    if (rewrite == null) {
      return action(FileAction.Rows.PRESENT, file);
    }
    return rewrite.removed().deleted() == null
        ? null
        : rewritten(FileAction.Rows.RESTORED, rewrite);
  }

  private static FileAction action(FileAction.Rows rows, LogFile file) {
    return new FileAction(rows, file.bytes(), file.partition(), file.deleted(), null);
  }

  private static FileAction rewritten(FileAction.Rows rows, Rewrite rewrite) {
    return new FileAction(
        rows,
        rewrite.added().bytes(),
        rewrite.added().partition(),
        rewrite.added().deleted(),
        rewrite.removed().deleted());
  }

  @Override
  public Optional<FileChange> next() throws IOException {
    while (!passes.isEmpty()) {
      if (pass == null) {
        pass = files.pass();
      }
      for (LogFile file = pass.next(); file != null; file = pass.next()) {
        FileAction action = passes.peek().of(file);
        if (action != null) {
          return Optional.of(
              new FileChange(
                  version,
                  index++,
                  file.path(),
                  Math.max(0, file.bytes()),
                  action.rows().areOfVersionBefore(),
                  action));
        }
      }
      close();
      passes.remove();
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    if (pass != null) {
      pass.close();
      pass = null;
    }
  }
}
