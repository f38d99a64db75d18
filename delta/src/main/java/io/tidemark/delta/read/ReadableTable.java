package io.tidemark.delta.read;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** A Delta table as a source reads it. Used by one thread. */
public interface ReadableTable {

  /** Where it is, as it was opened. */
  String location();

  /**
   * Delta's {@code metaData.id} as of the newest version whose metadata was read; changes when
   * {@link #newest} finds the table recreated.
   */
  String id();

  /**
   * The newest version now. Costs two look-ups when there is nothing new.
   *
   * @throws io.tidemark.common.TidemarkException when the table is gone
   */
  long newest() throws IOException;

  /**
   * What tells the commit of a version from another one that may take its place, as when a table is
   * put back to an earlier version and written to again. It depends on the content alone. Costs one
   * look-up while the commit stays as it was.
   *
   * @return empty when the log has not the commit, or not any more
   */
  Optional<String> mark(long version) throws IOException;

  /** The earliest version whose commit is in the log. */
  long earliestCommit() throws IOException;

  /**
   * The first version that was committed at or after a time, by the table's in-commit timestamps
   * where it has them; empty when there is none yet.
   *
   * @param timestampMs epoch milliseconds
   */
  OptionalLong firstVersionFrom(long timestampMs) throws IOException;

  /**
   * Schema and features as of a version.
   *
   * @throws MissingVersionException when the log does not reach back so far
   */
  TableState at(long version) throws IOException;

  /**
   * The next files of a version, in the order of {@link TableFile}, which stays the same whatever
   * happens to the log, and how many more there are. Memory is bounded by {@code limit}; each call
   * goes through all files of the version, so that few calls with a large limit cost least.
   *
   * @param wanted which paths are wanted
   * @param after the last file that is not wanted any more; empty for the first ones
   * @param limit how many at most
   */
  FilePage files(long version, Predicate<String> wanted, Optional<TableFile> after, int limit)
      throws IOException;

  /**
   * The commits of versions {@code from} to {@code to}, both inclusive, in order.
   *
   * @throws MissingVersionException when the log has not all of them any more
   */
  CommitStream commits(long from, long to) throws IOException;

  /**
   * The rows of a file of a snapshot.
   *
   * @param state of the version that the file is read in
   * @param fromPosition position of the first row wanted
   * @throws MissingFileException when the file was vacuumed
   */
  FileRows rows(TableState state, TableFile file, long fromPosition) throws IOException;

  /**
   * The rows that a commit adds, removes or changes in a file.
   *
   * @param state of the commit's version, or of the one before it as the change says
   * @param fromPosition position of the first row wanted
   * @throws MissingFileException when the file was vacuumed
   */
  FileRows rows(TableState state, FileChange change, long fromPosition) throws IOException;
}
