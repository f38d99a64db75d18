package io.tidemark.delta.read;

import java.util.Comparator;
import java.util.OptionalLong;

/**
 * A data file of a snapshot. Ordered by the time it was written, then by path: what a table's log
 * says of a file never changes, so the order does not either.
 *
 * @param path as the log has it, relative to the table in general
 * @param modificationMs epoch milliseconds
 * @param bytes size of the file
 * @param rows number of rows where the log's statistics tell
 * @param action what the reader needs to read it; null when it only serves as a position
 */
public record TableFile(
    String path, long modificationMs, long bytes, OptionalLong rows, Object action)
    implements Comparable<TableFile> {

  private static final Comparator<TableFile> ORDER =
      Comparator.comparingLong(TableFile::modificationMs).thenComparing(TableFile::path);

  /** A position between files. */
  public static TableFile position(String path, long modificationMs) {
    return new TableFile(path, modificationMs, 0, OptionalLong.empty(), null);
  }

  @Override
  public int compareTo(TableFile other) {
    return ORDER.compare(this, other);
  }
}
