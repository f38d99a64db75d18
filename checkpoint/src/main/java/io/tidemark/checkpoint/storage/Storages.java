package io.tidemark.checkpoint.storage;

import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.common.AsciiDigits;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Chooses the storage for a location. */
public final class Storages {

  private static final Set<String> RENAMING = Set.of("hdfs", "viewfs");

  private Storages() {}

  /**
   * The storage for a location.
   *
   * @param location a path or a URI; a bare path is local
   * @param hadoopProperties go to Hadoop's configuration, credentials among them
   * @throws io.tidemark.common.TidemarkException when the location cannot be used
   */
  public static MaintainedStorage open(String location, Map<String, String> hadoopProperties) {
    AsciiDigits.ensure();
    Configuration configuration = new Configuration();
    configuration.set("fs.defaultFS", "file:///");
    hadoopProperties.forEach(configuration::set);
    Path root = new Path(location);
    try {
      FileSystem fileSystem = root.getFileSystem(configuration);
      String scheme = fileSystem.getUri().getScheme();
      if (scheme.equals("file")) {
        return new LocalStorage(
            java.nio.file.Path.of(fileSystem.makeQualified(root).toUri().getPath()));
      }
      if (RENAMING.contains(scheme)) {
        return new RenamingStorage(fileSystem, root);
      }
      throw CheckpointErrors.unsupportedFileSystem(location, scheme);
    } catch (IOException e) {
      throw CheckpointErrors.unusableLocation(location, e);
    } catch (RuntimeException e) {
      // Hadoop knows the names of file systems whose classes the plugin does not have.
      if (e.getCause() instanceof ClassNotFoundException) {
        throw CheckpointErrors.unsupportedFileSystem(location, root.toUri().getScheme());
      }
      throw e;
    }
  }
}
