package io.tidemark.sink.file;

import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.DataFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists and deletes files in the directories of tables; {@link DataFiles} decides which. */
public interface TableFolders {

  /**
   * A data file that is in no batch of the logs.
   *
   * @param owner its owner: the session, or as in {@link FileOwner#name}
   * @param path relative to the table
   * @param modifiedMs when it was written, epoch milliseconds
   */
  record Leftover(String owner, String path, long modifiedMs) {}

  /**
   * The files of these sessions below a table whose segment comes after the last accepted one.
   *
   * @param table location of the table; without effect when there is nothing
   * @param accepted sequence of the session's last accepted segment, -1 for none
   */
  List<Leftover> orphans(String table, Map<SessionId, Integer> accepted) throws IOException;

  /**
   * The files of an owner below a table but those that its batch names.
   *
   * @param owner as in {@link FileOwner#name}
   * @param kept paths relative to the table
   */
  List<Leftover> owned(String table, String owner, Set<String> kept) throws IOException;

  /** Whether the file exists with its full length. */
  boolean isWhole(DataFile file) throws IOException;

  /** Deletes a file; without effect when there is none. */
  void delete(String table, String path) throws IOException;
}
