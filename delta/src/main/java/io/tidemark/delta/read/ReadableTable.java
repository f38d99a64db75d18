package io.tidemark.delta.read;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** A Delta table that a source reads. Used by one thread. */
public interface ReadableTable {

  /** The location with which the table was opened. */
  String location();

  /**
   * Delta's {@code metaData.id} in the newest version whose metadata was read. It changes when
   * {@link #newest} finds that the table was recreated.
   */
  String id();

  /**
   * Looks up the newest version. Costs two look-ups when there is no new version.
   *
   * @throws io.tidemark.common.TidemarkException when the table is gone
   */
  long newest() throws IOException;

  /**
   * The commit mark of a version. It differs when another commit took the place of this one, for
   * example when a table was set back to an earlier version and written to again. It depends only
   * on the content. Costs one look-up while the commit does not change.
   *
   * @return empty when the log does not have the commit
   */
  Optional<String> mark(long version) throws IOException;

  /** The earliest version whose commit is in the log. */
  long earliestCommit() throws IOException;

  /**
   * The first version that was committed at or after a time; empty when there is none yet. Uses
   * in-commit timestamps if the table has them.
   *
   * @param timestampMs epoch milliseconds
   */
  OptionalLong firstVersionFrom(long timestampMs) throws IOException;

  /**
   * Schema and features of a version.
   *
   * @throws MissingVersionException when the log does not reach back to the version
   */
  TableState at(long version) throws IOException;

  /**
   * The next wanted files of a version, and how many are left. Their order is that of {@link
   * TableFile}, which does not depend on the log. {@code limit} bounds the memory. Each call reads
   * the list of all files of the version, so a few calls with a large limit cost least.
   *
   * @param wanted whether the file at a path is wanted
   * @param after the last file that was returned before; empty for the first call
   * @param limit maximum number of files to return
   */
  FilePage files(long version, Predicate<String> wanted, Optional<TableFile> after, int limit)
      throws IOException;

  /**
   * The commits of versions {@code from} to {@code to}, both inclusive, in order.
   *
   * @throws MissingVersionException when the log does not have all of them any more
   */
  CommitStream commits(long from, long to) throws IOException;

  /**
   * The rows of a file of a snapshot.
   *
   * @param state state of the version that is read
   * @param fromPosition position of the first row to read
   * @throws MissingFileException when the file was vacuumed
   */
  FileRows rows(TableState state, TableFile file, long fromPosition) throws IOException;

  /**
   * The rows that a commit adds, removes or changes in a file.
   *
   * @param state state of the commit's version, or of the previous one: see {@link
   *     FileChange#ofVersionBefore}
   * @param fromPosition position of the first row to read
   * @throws MissingFileException when the file was vacuumed
   */
  FileRows rows(TableState state, FileChange change, long fromPosition) throws IOException;
}
