package io.tidemark.delta.kernel;

import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadRequest;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Reads the files of a table's log, inside the border from the first byte to the last. */
public final class LogReader {

  /** Goes through a file, as far as it wants. */
  @FunctionalInterface
  public interface Pass<T> {
    T through(Iterator<ColumnarBatch> batches);
  }

  private final Engine engine;
  private final KernelBorder border;

  /** A reader of the log of one table. */
  public LogReader(Engine engine, String location, Refusals refusals) {
    this.engine = engine;
    this.border = new KernelBorder(location, refusals);
  }

  /** The table as it was named. */
  public String location() {
    return border.location();
  }

  /** The way to the rest of Kernel. */
  public KernelBorder border() {
    return border;
  }

  /** Kernel's way to files. */
  public Engine engine() {
    return engine;
  }

  /** The file of this path; empty when it is not there. */
  public Optional<FileStatus> file(String path) throws IOException {
    try {
      return Optional.of(
          border.reading(path, () -> engine.getFileSystemClient().getFileStatus(path)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Reads a commit. */
  public <T> T read(FileStatus commit, StructType schema, Pass<T> pass) throws IOException {
    return border.reading(
        commit.getPath(),
        () -> {
          try (CloseableIterator<ColumnarBatch> batches = batches(commit, schema)) {
            return pass.through(batches);
          }
        });
  }

  /** The actions of a commit, streamed. */
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
