package io.tidemark.simulation;

import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.DataFile;
import io.tidemark.sink.file.TableFolders;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables' folders as one actor cleans them up. */
final class SimulatedDataFiles implements TableFolders {

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
  public void delete(String table, String path) throws IOException {
    io.run(() -> "delete data file " + path, () -> folder.delete(path));
  }

  @Override
  public List<Leftover> orphans(String table, Map<SessionId, Integer> accepted) throws IOException {
    return io.run(
        () -> "list orphans of " + accepted + " in " + table,
        () -> folder.orphans(table, accepted));
  }

  @Override
  public List<Leftover> owned(String table, String owner, Set<String> kept) throws IOException {
    return io.run(
        () -> "list files of " + owner + " in " + table, () -> folder.owned(table, owner, kept));
  }
}
