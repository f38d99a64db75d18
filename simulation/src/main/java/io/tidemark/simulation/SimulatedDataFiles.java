package io.tidemark.simulation;

import io.tidemark.checkpoint.log.DataFile;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.sink.file.DataFiles;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** The tables' folders as one actor cleans them up. */
final class SimulatedDataFiles implements DataFiles {

  private final Io io;
  private final DataFolder folder;

  SimulatedDataFiles(Io io, DataFolder folder) {
    this.io = io;
    this.folder = folder;
  }

  @Override
  public boolean isWhole(DataFile file) throws IOException {
    return io.run(
        () -> "look for data file " + file.path(),
        () -> folder.isThere(file.path(), io.actor().name()));
  }

  @Override
  public void delete(DataFile file) throws IOException {
    io.run(
        () -> "delete data file " + file.path(),
        () -> {
          folder.delete(file.path());
          return "";
        });
  }

  @Override
  public int deleteOrphans(String table, Map<SessionId, Integer> accepted) throws IOException {
    return io.run(
        () -> "delete orphans of " + accepted + " in " + table,
        () -> folder.deleteOrphans(table, accepted));
  }

  @Override
  public int deleteOwned(String table, String owner, Set<String> kept) throws IOException {
    return io.run(
        () -> "delete files of " + owner + " in " + table,
        () -> folder.deleteOwned(table, owner, kept));
  }
}
