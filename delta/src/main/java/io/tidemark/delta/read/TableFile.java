package io.tidemark.delta.read;

import java.util.Comparator;
import java.util.OptionalLong;

/**
 * A data file of a snapshot. Files are ordered by their modification time, then by path. The log
 * never changes its entry for a file, so the order does not change either.
 *
 * @param path as in the log, usually relative to the table
 * @param modificationMs epoch milliseconds
 * @param bytes size of the file
 * @param rows number of rows, if the statistics in the log have it
 * @param action how to read the rows; null when this object is only a position
 */
public record TableFile(
    String path, long modificationMs, long bytes, OptionalLong rows, Object action)
    implements Comparable<TableFile> {

  private static final Comparator<TableFile> ORDER =
      Comparator.comparingLong(TableFile::modificationMs).thenComparing(TableFile::path);

  /** A position in the order of files. */
  public static TableFile position(String path, long modificationMs) {
    return new TableFile(path, modificationMs, 0, OptionalLong.empty(), null);
  }

  @Override
  public int compareTo(TableFile other) {
    return ORDER.compare(this, other);
  }
}
