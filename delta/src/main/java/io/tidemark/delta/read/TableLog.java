package io.tidemark.delta.read;

import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.exceptions.UnsupportedProtocolVersionException;
import io.delta.kernel.exceptions.UnsupportedTableFeatureException;
import io.delta.kernel.internal.DeltaHistoryManager;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The log of one table: its commits as files, and the versions that Kernel makes of them. */
final class TableLog {

  private final Engine engine;
  private final String location;
  private final ReadGate gate;
  private final Path root;
  private final Path log;

  TableLog(Engine engine, String location) throws IOException {
    this.engine = engine;
    this.location = location;
    this.gate = new ReadGate(location);
    this.root = new Path(engine.getFileSystemClient().resolvePath(location));
    this.log = new Path(root, "_delta_log");
  }

  String location() {
    return location;
  }

  ReadGate gate() {
    return gate;
  }

  Engine engine() {
    return engine;
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
    try {
      return Optional.of(
          engine.getFileSystemClient().getFileStatus(FileNames.deltaFile(log, version)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Whether a commit is still the file that it was. */
  boolean has(FileStatus commit) throws IOException {
    try {
      return TableTip.same(engine.getFileSystemClient().getFileStatus(commit.getPath()), commit);
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** Reads a commit action by action. */
  void read(FileStatus commit, StructType schema, Consumer<Row> consumer) throws IOException {
    try (CloseableIterator<Row> rows = rows(commit, schema)) {
      KernelCalls.run(
          location,
          () -> {
            while (rows.hasNext()) {
              consumer.accept(rows.next());
            }
            return null;
          });
    }
  }

  /** The actions of a commit, streamed. */
  CloseableIterator<Row> rows(FileStatus commit, StructType schema) throws IOException {
    CloseableIterator<ColumnarBatch> batches =
        KernelCalls.run(
            location,
            () ->
                engine
                    .getJsonHandler()
                    .readJsonFiles(
                        Utils.singletonCloseableIterator(commit), schema, Optional.empty()));
    return new BatchRows(batches);
  }

  /** The earliest version whose commit is in the log. */
  long earliestCommit() throws IOException {
    return KernelCalls.run(
        location, () -> DeltaHistoryManager.getEarliestDeltaFile(engine, log, Optional.empty()));
  }

  /** The same for a message; -1 when there is none. */
  long earliestOrUnknown() throws IOException {
    try {
      return earliestCommit();
    } catch (KernelException e) {
      return -1;
    }
  }

  /** The newest version; empty when there is no table. */
  Optional<SnapshotImpl> latest() throws IOException {
    try {
      // Kernel writes lines to the log each time when there is no table.
      engine.getFileSystemClient().getFileStatus(log.toString());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(load(Optional.empty()));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    } catch (KernelException e) {
      throw ReadErrors.unreadableLog(location, e);
    }
  }

  /**
   * A version.
   *
   * @throws MissingVersionException when the log does not reach back so far
   */
  SnapshotImpl at(long version) throws IOException {
    try {
      return load(Optional.of(version));
    } catch (KernelException e) {
      if (recreatableFrom() > version) {
        throw new MissingVersionException(location, version, earliestOrUnknown(), e);
      }
      throw ReadErrors.unreadableLog(location, e);
    }
  }

  /** The first version at or after a time; empty when the newest one is older. */
  OptionalLong firstFrom(long timestampMs, SnapshotImpl newest) throws IOException {
    try {
      return OptionalLong.of(
          KernelCalls.run(
              location,
              () ->
                  DeltaHistoryManager.getVersionAtOrAfterTimestamp(
                      engine, log, timestampMs, newest, List.of())));
    } catch (KernelException e) {
      if (KernelCalls.run(location, () -> newest.getTimestamp(engine)) < timestampMs) {
        return OptionalLong.empty();
      }
      throw ReadErrors.unreadableLog(location, e);
    }
  }

  /** The first version that can be made of the log: of a table checkpoint, or version 0. */
  long recreatableFrom() throws IOException {
    try {
      return KernelCalls.run(
          location,
          () -> DeltaHistoryManager.getEarliestRecreatableCommit(engine, log, Optional.empty()));
    } catch (KernelException e) {
      throw ReadErrors.unreadableLog(location, e);
    }
  }

  private SnapshotImpl load(Optional<Long> version) throws IOException {
    try {
      return KernelCalls.run(
          location,
          () -> {
            var builder = TableManager.loadSnapshot(location);
            version.ifPresent(builder::atVersion);
            return (SnapshotImpl) builder.build(engine);
          });
    } catch (UnsupportedProtocolVersionException | UnsupportedTableFeatureException e) {
      throw ReadErrors.unreadableProtocol(location, e);
    } catch (IllegalArgumentException e) {
      // Kernel's way to say that a catalog has to name the version.
      if (String.valueOf(e.getMessage()).contains("catalogManaged")) {
        throw gate.catalogManaged();
      }
      throw ReadErrors.unreadableLog(location, e);
    }
  }
}
