package io.tidemark.storage;

import io.tidemark.connector.FileSystems;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** Chooses the storage for a location. */
public final class Storages {

  private Storages() {}

  /**
   * The storage for a location.
   *
   * @param location a path or a URI; a bare path is local
   * @throws io.tidemark.common.TidemarkException when the location cannot be used
   */
  public static MaintainedStorage open(String location, HadoopFileSystems fileSystems) {
    Path root = new Path(location);
    String scheme = fileSystems.scheme(root);
    try {
      FileSystem fileSystem = fileSystems.of(root);
      if (scheme.equals("file")) {
        return new LocalStorage(
            java.nio.file.Path.of(fileSystem.makeQualified(root).toUri().getPath()));
      }
      if (FileSystems.KNOWN.contains(scheme)) {
        return new HadoopStorage(fileSystem, fileSystems.wholeFiles(root), root);
      }
      throw StorageErrors.unsupportedFileSystem(location, scheme);
    } catch (UnsupportedFileSystemException e) {
      throw StorageErrors.unsupportedFileSystem(location, scheme);
    } catch (IOException e) {
      throw StoreFailures.lasting(location, e)
          .orElseGet(() -> StorageErrors.unusableLocation(location, e));
    } catch (RuntimeException e) {
      // Hadoop knows the names of file systems whose classes the plugin does not have.
      if (e.getCause() instanceof ClassNotFoundException) {
        throw StorageErrors.unsupportedFileSystem(location, scheme);
      }
      if (WholeFiles.GENERATIONAL.contains(scheme) && e instanceof IllegalArgumentException) {
        // So Google's client says that it has no credentials; its text has all that it was given.
        throw StorageErrors.noCredentials(location, null);
      }
      throw e;
    }
  }
}
