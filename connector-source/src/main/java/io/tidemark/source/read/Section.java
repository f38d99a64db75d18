package io.tidemark.source.read;

import io.tidemark.delta.read.FileRows;
import io.tidemark.source.offset.CommitMark;
import io.tidemark.source.offset.Position;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The files of a snapshot, or the changes of a version, as far as some shards have them. */
interface Section extends Closeable {

  /** The next file of these shards; empty behind the last one. */
  Optional<Item> next() throws IOException;

  /** What the rows of a file are part of; the same object for those that are read alike. */
  Step.Part part(Item item) throws IOException;

  /** The commit that a shard has read when it has read this. */
  CommitMark mark();

  /** What the table's id is behind it. */
  String tableId();

  /** The rows of a file, from one on. */
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
