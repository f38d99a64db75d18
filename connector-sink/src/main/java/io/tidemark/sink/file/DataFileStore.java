package io.tidemark.sink.file;

import io.tidemark.checkpoint.log.DataFile;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The file systems on which data files lie. */
public final class DataFileStore implements DataFiles {

  /** What the name of every data file begins with, before the id of its segment. */
  static final String NAME_START = "part-";

  private static final Pattern NAME =
      Pattern.compile(NAME_START + "(.+-[0-9]{6,9})-[0-9]{5,9}\\..*");

  private static final String DELTA_LOG = "_delta_log";

  private final Configuration configuration = new Configuration();

  /**
   * @param hadoopProperties go to Hadoop's configuration, credentials among them
   */
  public DataFileStore(Map<String, String> hadoopProperties) {
    // The classes that the configuration names live where this one does, in the plugin.
    configuration.setClassLoader(DataFileStore.class.getClassLoader());
    hadoopProperties.forEach(configuration::set);
  }

  @Override
  public boolean isWhole(DataFile file) throws IOException {
    Path path = path(file.table(), file.path());
    try {
      return fileSystem(path).getFileStatus(path).getLen() == file.bytes();
    } catch (FileNotFoundException gone) {
      return false;
    }
  }

  @Override
  public void delete(DataFile file) throws IOException {
    Path path = path(file.table(), file.path());
    fileSystem(path).delete(path, false);
  }

  @Override
  public int deleteOrphans(String table, Map<SessionId, Integer> accepted) throws IOException {
    Path root = new Path(table);
    return deleteBelow(fileSystem(root), root, path -> isOrphan(path.getName(), accepted));
  }

  @Override
  public int deleteOwned(String table, String owner, Set<String> kept) throws IOException {
    Path root = new Path(table);
    Set<String> keptNames = new HashSet<>();
    kept.forEach(path -> keptNames.add(path.substring(path.lastIndexOf('/') + 1)));
    return deleteBelow(
        fileSystem(root),
        root,
        path ->
            path.getName().startsWith(NAME_START + owner + "-")
                && !keptNames.contains(path.getName()));
  }

  private static int deleteBelow(FileSystem fileSystem, Path directory, Predicate<Path> condemned)
      throws IOException {
    int deleted = 0;
    FileStatus[] entries;
    try {
      entries = fileSystem.listStatus(directory);
    } catch (FileNotFoundException gone) {
      return 0;
    }
    for (FileStatus entry : entries) {
      Path path = entry.getPath();
      if (entry.isDirectory()) {
        if (!path.getName().equals(DELTA_LOG)) {
          deleted += deleteBelow(fileSystem, path, condemned);
        }
      } else if (condemned.test(path) && fileSystem.delete(path, false)) {
        deleted++;
      }
    }
    return deleted;
  }

  private static boolean isOrphan(String name, Map<SessionId, Integer> accepted) {
    Matcher matcher = NAME.matcher(name);
    Optional<SegmentId> segment =
        matcher.matches() ? SegmentId.tryParse(matcher.group(1)) : Optional.empty();
    return segment
        .map(id -> accepted.containsKey(id.session()) && id.sequence() > accepted.get(id.session()))
        .orElse(false);
  }

  /**
   * Where a data file is.
   *
   * @param relativePath as in {@link DataFile#path}, not URL-encoded
   */
  static Path path(String table, String relativePath) {
    return new Path(new Path(table), new Path(null, null, relativePath));
  }

  /**
   * The local file system comes without Hadoop's checksum files, which Delta tables do not have.
   */
  FileSystem fileSystem(Path path) throws IOException {
    FileSystem found = path.getFileSystem(configuration);
    return found instanceof LocalFileSystem local ? local.getRawFileSystem() : found;
  }
}
