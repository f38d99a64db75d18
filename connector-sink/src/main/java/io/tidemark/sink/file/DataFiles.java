package io.tidemark.sink.file;

import io.tidemark.checkpoint.log.DataFile;
import io.tidemark.checkpoint.log.SessionId;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** The data files of tables. */
public interface DataFiles {

  /** Whether the file is there, as long as it says. */
  boolean isWhole(DataFile file) throws IOException;

  /** Deletes the file; without effect when there is none. */
  void delete(DataFile file) throws IOException;

  /**
   * Deletes every file of these sessions below a table whose segment comes behind the last accepted
   * one.
   *
   * @param table location of the table; without effect when there is nothing
   * @param accepted sequence of the session's last accepted segment, -1 for none
   * @return how many were deleted
   */
  int deleteOrphans(String table, Map<SessionId, Integer> accepted) throws IOException;

  /**
   * Deletes every file of an owner below a table but those that a table version names.
   *
   * @param owner as in {@link FileOwner#name}
   * @param kept paths relative to the table
   * @return how many were deleted
   */
  int deleteOwned(String table, String owner, Set<String> kept) throws IOException;
}
