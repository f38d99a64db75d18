package io.tidemark.sink.file;

import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.DataFile;
import io.tidemark.delta.parquet.StoredInput;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.WholeFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.InputFile;

/** The file systems of the data files. */
public final class DataFileStore implements TableFolders {

  /** The prefix of the name of every data file, before the id of its segment. */
  static final String NAME_START = "part-";

  private static final Pattern NAME =
      Pattern.compile(NAME_START + "(.+-[0-9]{6,9})-[0-9]{5,9}\\..*");

  private static final String DELTA_LOG = "_delta_log";

  private final HadoopFileSystems fileSystems;

  /** Data files on these file systems. */
  public DataFileStore(HadoopFileSystems fileSystems) {
    this.fileSystems = fileSystems;
  }

  @Override
  public boolean isWhole(DataFile file) throws IOException {
    Path path = path(file.table(), file.path());
    try {
      return files(path).status(path).getLen() == file.bytes();
    } catch (FileNotFoundException gone) {
      return false;
    }
  }

  @Override
  public void delete(String table, String relativePath) throws IOException {
    Path path = path(table, relativePath);
    files(path).delete(path);
  }

  @Override
  public List<Leftover> orphans(String table, Map<SessionId, Integer> accepted) throws IOException {
    return below(table, name -> orphanOf(name, accepted).map(SessionId::toString));
  }

  @Override
  public List<Leftover> owned(String table, String owner, Set<String> kept) throws IOException {
    Set<String> keptNames = new HashSet<>();
    kept.forEach(path -> keptNames.add(path.substring(path.lastIndexOf('/') + 1)));
    return below(
        table,
        name ->
            name.startsWith(NAME_START + owner + "-") && !keptNames.contains(name)
                ? Optional.of(owner)
                : Optional.empty());
  }

  /**
   * The data files below a table that an owner left.
   *
   * @param owner returns the owner for a file name, empty to leave the file out
   */
  private List<Leftover> below(String table, Function<String, Optional<String>> owner)
      throws IOException {
    List<Leftover> found = new ArrayList<>();
    Path root = new Path(table);
    collect(fileSystem(root), root, "", owner, found);
    return found;
  }

  private static void collect(
      FileSystem fileSystem,
      Path directory,
      String parent,
      Function<String, Optional<String>> owner,
      List<Leftover> found)
      throws IOException {
    FileStatus[] entries;
    try {
      entries = fileSystem.listStatus(directory);
    } catch (FileNotFoundException gone) {
      return;
    }
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      if (entry.isDirectory()) {
        if (!name.equals(DELTA_LOG)) {
          collect(fileSystem, entry.getPath(), parent + name + "/", owner, found);
        }
      } else {
        owner
            .apply(name)
            .ifPresent(
                of -> found.add(new Leftover(of, parent + name, entry.getModificationTime())));
      }
    }
  }

  private static Optional<SessionId> orphanOf(String name, Map<SessionId, Integer> accepted) {
    Matcher matcher = NAME.matcher(name);
    Optional<SegmentId> segment =
        matcher.matches() ? SegmentId.tryParse(matcher.group(1)) : Optional.empty();
    return segment
        .filter(
            id -> accepted.containsKey(id.session()) && id.sequence() > accepted.get(id.session()))
        .map(SegmentId::session);
  }

  /**
   * The path of a data file.
   *
   * @param relativePath as in {@link io.tidemark.common.DataFile#path}, not URL-encoded
   */
  static Path path(String table, String relativePath) {
    return new Path(new Path(table), new Path(null, null, relativePath));
  }

  /** A data file for Parquet to read. */
  InputFile input(DataFile file) {
    return new StoredInput(fileSystems, path(file.table(), file.path()), file.bytes());
  }

  /** Creates and deletes files on the file system of a path. */
  WholeFiles files(Path path) throws IOException {
    return fileSystems.wholeFiles(path);
  }

  /**
   * The local file system comes without Hadoop's checksum files, which Delta tables do not have.
   */
  FileSystem fileSystem(Path path) throws IOException {
    FileSystem found = fileSystems.of(path);
    return found instanceof LocalFileSystem local ? local.getRawFileSystem() : found;
  }
}
