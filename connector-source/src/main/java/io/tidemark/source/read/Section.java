package io.tidemark.source.read;

import io.tidemark.delta.read.FileRows;
import io.tidemark.source.offset.CommitMark;
import io.tidemark.source.offset.Position;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The files of a snapshot or the changes of a version that belong to some shards. */
interface Section extends Closeable {

  /** The next file of these shards; empty after the last one. */
  Optional<Item> next() throws IOException;

  /**
   * The snapshot or version of a file's rows; the same object for files that are read the same way.
   */
  Step.Part part(Item item) throws IOException;

  /** The commit that a shard has read at the end of this section. */
  CommitMark mark();

  /** The table's id after it. */
  String tableId();

  /** The rows of a file from a row on. */
  FileRows open(Item item, long fromRow) throws IOException;

  @Override
  void close() throws IOException;

  /**
   * A file or change.
   *
   * @param shard that it belongs to
   * @param start in front of its first row
   * @param bytes size of the file
   * @param source a {@code TableFile} or {@code FileChange}
   */
  record Item(int shard, Position start, long bytes, Object source) {}
}
