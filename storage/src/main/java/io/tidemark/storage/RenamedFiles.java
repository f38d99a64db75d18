package io.tidemark.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files of a file system whose {@code rename} is atomic and refuses to replace a file: HDFS and
 * Azure's. A complete temporary file gets its name by a rename.
 */
final class RenamedFiles implements WholeFiles {

  private final FileSystem fileSystem;

  RenamedFiles(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  @Override
  public boolean createIfAbsent(Path file, byte[] content) throws IOException {
    return createIfAbsent(file, out -> out.write(content));
  }

  @Override
  public boolean createIfAbsent(Path file, java.nio.file.Path content) throws IOException {
    return createIfAbsent(file, out -> Files.copy(content, out));
  }

  private boolean createIfAbsent(Path file, Content content) throws IOException {
    Path temporary = new Path(file.getParent(), StoredFile.TEMPORARY_PREFIX + UUID.randomUUID());
    boolean renamed;
    try {
      // Nobody else has the name. After a lost answer the client finds its own file there.
      try (FSDataOutputStream out = fileSystem.create(temporary, true)) {
        content.writeTo(out);
        out.hsync();
      }
      renamed = fileSystem.rename(temporary, file);
      if (!renamed) {
        requireRefusal(temporary, file);
      }
    } catch (IOException | RuntimeException e) {
      try {
        fileSystem.delete(temporary, false);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
    if (!renamed) {
      fileSystem.delete(temporary, false);
    }
    return renamed;
  }

  /**
   * A rename that was refused lost a race, if both files are there. Without the temporary file the
   * outcome is unknown: the client may have sent the rename again after its answer was lost, and
   * have found its own file.
   */
  private void requireRefusal(Path temporary, Path file) throws IOException {
    if (!fileSystem.exists(file)) {
      throw new IOException("rename to " + file + " was refused, and no such file exists");
    }
    if (!fileSystem.exists(temporary)) {
      throw new IOException("rename to " + file + " was refused, and " + temporary + " is gone");
    }
  }

  @Override
  public FSDataOutputStream create(Path file) throws IOException {
    return fileSystem.create(file, false);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    try (FSDataOutputStream out = fileSystem.create(file, true)) {
      out.write(content);
      out.hsync();
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    fileSystem.delete(file, false);
  }

  @Override
  public FileStatus status(Path file) throws IOException {
    return fileSystem.getFileStatus(file);
  }

  @Override
  public boolean showsUnfinished() {
    return true;
  }
}
