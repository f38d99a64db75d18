package io.tidemark.sink.file;

import io.tidemark.checkpoint.log.DataFile;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The file systems on which data files lie. */
public final class DataFileStore {

  private final Configuration configuration = new Configuration();

  /**
   * @param hadoopProperties go to Hadoop's configuration, credentials among them
   */
  public DataFileStore(Map<String, String> hadoopProperties) {
    // The classes that the configuration names live where this one does, in the plugin.
    configuration.setClassLoader(DataFileStore.class.getClassLoader());
    hadoopProperties.forEach(configuration::set);
  }

  /** Deletes a data file that no table version names; without effect when there is none. */
  public void delete(DataFile file) throws IOException {
    Path path = path(file.table(), file.path());
    fileSystem(path).delete(path, false);
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
