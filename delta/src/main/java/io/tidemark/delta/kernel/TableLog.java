package io.tidemark.delta.kernel;

import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadRequest;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The files of a table's log. All of their bytes are read inside the border. */
public final class TableLog {

  /** Reads batches; it need not read all of them. */
  @FunctionalInterface
  public interface Pass<B, T> {
    T through(Iterator<B> batches) throws IOException;
  }

  private final Engine engine;
  private final KernelBorder border;
  private final Path root;
  private final Path directory;

  /** The log of one table; it need not exist. */
  public TableLog(Engine engine, String location, Refusals refusals) throws IOException {
    this.engine = engine;
    this.border = new KernelBorder(location, refusals);
    this.root = new Path(border.call(() -> engine.getFileSystemClient().resolvePath(location)));
    this.directory = new Path(root, "_delta_log");
  }

  /** The location of the table as the caller gave it. */
  public String location() {
    return border.location();
  }

  /** The border through which Kernel is called for this table. */
  public KernelBorder border() {
    return border;
  }

  /** The engine with which Kernel reads and writes files. */
  public Engine engine() {
    return engine;
  }

  /** The directory of the table, as a qualified path. */
  public String root() {
    return root.toString();
  }

  /** The directory of the commits. */
  Path directory() {
    return directory;
  }

  /** The path of a file that the log names by a relative or an absolute URI. */
  public String resolve(String path) {
    return new Path(root, new Path(URI.create(path))).toString();
  }

  /** The path of a version's commit; the file need not exist. */
  public String commitPath(long version) {
    return FileNames.deltaFile(directory, version);
  }

  /** The file of a version's commit; empty when it does not exist. */
  public Optional<FileStatus> commit(long version) throws IOException {
    return file(commitPath(version));
  }

  /** Whether the file of a commit has not been replaced or removed. */
  public boolean has(FileStatus commit) throws IOException {
    if (commit instanceof WrittenCommit written && engine instanceof QuietEngine ours) {
      return has(ours, written);
    }
    return file(commit.getPath()).filter(now -> same(now, commit)).isPresent();
  }

  private boolean has(QuietEngine ours, WrittenCommit written) throws IOException {
    String path = written.getPath();
    try {
      return written.is(border.reading(path, () -> ours.read(path, (int) written.getSize())));
    } catch (IOException e) {
      if (e instanceof EOFException
          || KernelBorder.cause(e, FileNotFoundException.class).isPresent()) {
        return false;
      }
      throw e;
    }
  }

  /** Whether two look-ups of a commit show the same file, by size and modification time. */
  public static boolean same(FileStatus one, FileStatus other) {
    return one.getSize() == other.getSize()
        && one.getModificationTime() == other.getModificationTime();
  }

  /** The file at this path; empty when it does not exist. */
  public Optional<FileStatus> file(String path) throws IOException {
    try {
      return Optional.of(
          border.reading(path, () -> engine.getFileSystemClient().getFileStatus(path)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Reads a commit. */
  public <T> T read(FileStatus commit, StructType schema, Pass<ColumnarBatch, T> pass)
      throws IOException {
    return border.reading(
        commit.getPath(),
        () -> {
          try (CloseableIterator<ColumnarBatch> batches = batches(commit, schema)) {
            return pass.through(batches);
          }
        });
  }

  /** Reads a commit action by action. */
  public void each(FileStatus commit, StructType schema, Consumer<Row> consumer)
      throws IOException {
    try (LogRows rows = rows(commit, schema)) {
      rows.next(
          action -> {
            consumer.accept(action);
            return Optional.empty();
          });
    }
  }

  /** The actions of a commit, read one by one. */
  public LogRows rows(FileStatus commit, StructType schema) throws IOException {
    CloseableIterator<Row> rows =
        border.reading(commit.getPath(), () -> new BatchRows(batches(commit, schema)));
    return new LogRows(border, commit.getPath(), rows);
  }

  /** A part of a file. */
  public byte[] bytes(String path, int offset, int length) throws IOException {
    return border.reading(
        path,
        () -> {
          FileReadRequest part = new Part(path, offset, length);
          try (CloseableIterator<ByteArrayInputStream> parts =
              engine
                  .getFileSystemClient()
                  .readFiles(Utils.toCloseableIterator(List.of(part).iterator()))) {
            return parts.next().readAllBytes();
          }
        });
  }

  private record Part(String getPath, int getStartOffset, int getReadLength)
      implements FileReadRequest {}

  private CloseableIterator<ColumnarBatch> batches(FileStatus commit, StructType schema)
      throws IOException {
    return engine
        .getJsonHandler()
        .readJsonFiles(Utils.singletonCloseableIterator(commit), schema, Optional.empty());
  }
}
