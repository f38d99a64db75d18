package io.tidemark.faults;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Local files under the names that HDFS would give them, {@code hdfs://any/tmp/x} for {@code
 * /tmp/x}, with HDFS's rename: atomic, and never over a file.
 */
class HdfsLikeFileSystem extends RawLocalFileSystem {

  /** Asked for by the super constructor, before there is a field of ours. */
  private static final URI UNNAMED = URI.create("hdfs:///");

  private URI uri;

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    uri = URI.create(name.getScheme() + "://" + name.getAuthority());
    super.initialize(uri, conf);
    setWorkingDirectory(new Path(uri + "/"));
  }

  @Override
  public URI getUri() {
    return uri == null ? UNNAMED : uri;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    java.nio.file.Path source = local(from);
    try {
      Files.createLink(local(to), source);
    } catch (java.nio.file.FileAlreadyExistsException | java.nio.file.NoSuchFileException refused) {
      return false;
    }
    Files.delete(source);
    return true;
  }

  /** What {@code FileContext} calls. */
  @Override
  @SuppressWarnings("deprecation") // of FileSystem, which has no other
  protected void rename(Path from, Path to, Options.Rename... options) throws IOException {
    if (Arrays.asList(options).contains(Options.Rename.OVERWRITE)) {
      Files.move(
          local(from),
          local(to),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } else if (!rename(from, to)) {
      if (Files.exists(local(to))) {
        throw new FileAlreadyExistsException(to.toString());
      }
      throw new FileNotFoundException(from.toString());
    }
  }

  /** Without effect: it would start a process for each file. */
  @Override
  public void setPermission(Path path, FsPermission permission) {}

  private java.nio.file.Path local(Path path) {
    return pathToFile(path).toPath();
  }
}
