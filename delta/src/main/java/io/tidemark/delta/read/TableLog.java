package io.tidemark.delta.read;

import io.delta.kernel.TableManager;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.DeltaHistoryManager;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.FileStatus;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.kernel.KernelBorder;
import io.tidemark.delta.kernel.LogReader;
import io.tidemark.delta.kernel.LogRows;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The log of one table: its commits as files, and the versions that Kernel makes of them. */
final class TableLog {

  private final LogReader reader;
  private final KernelBorder border;
  private final ReadGate gate;
  private final Path root;
  private final Path log;

  TableLog(Engine engine, String location) throws IOException {
    this.reader = new LogReader(engine, location, ReadErrors.REFUSALS);
    this.border = reader.border();
    this.gate = new ReadGate(location);
    this.root = new Path(border.call(() -> engine.getFileSystemClient().resolvePath(location)));
    this.log = new Path(root, "_delta_log");
  }

  String location() {
    return reader.location();
  }

  LogReader reader() {
    return reader;
  }

  KernelBorder border() {
    return border;
  }

  /** Fails with the feature and its remedy when the table cannot be read rightly. */
  void require(Protocol protocol) {
    gate.require(protocol.getMinReaderVersion(), protocol.getReaderFeatures());
  }

  Engine engine() {
    return reader.engine();
  }

  /** The directory of the table, qualified. */
  Path root() {
    return root;
  }

  /** Where a file is that the log names by a relative or an absolute URI. */
  String resolve(String path) {
    return new Path(root, new Path(URI.create(path))).toString();
  }

  /** The file of a commit; empty when it is not there. */
  Optional<FileStatus> commit(long version) throws IOException {
    return reader.file(FileNames.deltaFile(log, version));
  }

  /** Whether a commit is still the file that it was. */
  boolean has(FileStatus commit) throws IOException {
    return reader.file(commit.getPath()).filter(now -> TableTip.same(now, commit)).isPresent();
  }

  /** Reads a commit action by action. */
  void read(FileStatus commit, StructType schema, Consumer<Row> consumer) throws IOException {
    try (LogRows rows = reader.rows(commit, schema)) {
      rows.next(
          action -> {
            consumer.accept(action);
            return Optional.empty();
          });
    }
  }

  /** The actions of a commit, streamed. */
  LogRows rows(FileStatus commit, StructType schema) throws IOException {
    return reader.rows(commit, schema);
  }

  /** The earliest version whose commit is in the log. */
  long earliestCommit() throws IOException {
    return border.call(
        () -> DeltaHistoryManager.getEarliestDeltaFile(engine(), log, Optional.empty()));
  }

  /** The same for a message; -1 when there is none. */
  long earliestOrUnknown() throws IOException {
    try {
      return earliestCommit();
    } catch (TidemarkException e) {
      return -1;
    }
  }

  /** The newest version; empty when there is no table. */
  Optional<SnapshotImpl> latest() throws IOException {
    // Kernel writes lines to the log each time when there is no table.
    if (reader.file(log.toString()).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(load(Optional.empty(), TableNotFoundException.class));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * A version.
   *
   * @throws MissingVersionException when the log does not reach back so far
   */
  SnapshotImpl at(long version) throws IOException {
    try {
      return load(Optional.of(version), KernelException.class);
    } catch (KernelException e) {
      if (recreatableFrom() > version) {
        throw new MissingVersionException(location(), version, earliestOrUnknown(), e);
      }
      throw border.refusal(e);
    }
  }

  /** The first version at or after a time; empty when the newest one is older. */
  OptionalLong firstFrom(long timestampMs, SnapshotImpl newest) throws IOException {
    try {
      return OptionalLong.of(
          border.call(
              () ->
                  DeltaHistoryManager.getVersionAtOrAfterTimestamp(
                      engine(), log, timestampMs, newest, List.of()),
              KernelException.class));
    } catch (KernelException e) {
      if (border.call(() -> newest.getTimestamp(engine())) < timestampMs) {
        return OptionalLong.empty();
      }
      throw border.refusal(e);
    }
  }

  /** The first version that can be made of the log: of a table checkpoint, or version 0. */
  long recreatableFrom() throws IOException {
    return border.call(
        () -> DeltaHistoryManager.getEarliestRecreatableCommit(engine(), log, Optional.empty()));
  }

  private SnapshotImpl load(Optional<Long> version, Class<? extends KernelException> decision)
      throws IOException {
    return border.call(
        () -> {
          var builder = TableManager.loadSnapshot(location());
          version.ifPresent(builder::atVersion);
          return (SnapshotImpl) builder.build(engine());
        },
        decision);
  }
}
