package io.tidemark.storage;

import io.tidemark.common.TidemarkException;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files of a file system that the user brings. Tables on it can be read; whether one caller only
 * can create a file there is not known, so nothing is written.
 */
final class ReadOnlyFiles implements WholeFiles {

  private final FileSystem fileSystem;
  private final String scheme;

  ReadOnlyFiles(FileSystem fileSystem, String scheme) {
    this.fileSystem = fileSystem;
    this.scheme = scheme;
  }

  @Override
  public boolean createIfAbsent(Path file, byte[] content) {
    throw refusal(file);
  }

  @Override
  public boolean createIfAbsent(Path file, java.nio.file.Path content) {
    throw refusal(file);
  }

  @Override
  public FSDataOutputStream create(Path file) {
    throw refusal(file);
  }

  @Override
  public void replace(Path file, byte[] content) {
    throw refusal(file);
  }

  @Override
  public void delete(Path file) {
    throw refusal(file);
  }

  @Override
  public FileStatus status(Path file) throws IOException {
    return fileSystem.getFileStatus(file);
  }

  @Override
  public boolean showsUnfinished() {
    return true;
  }

  private TidemarkException refusal(Path file) {
    return StorageErrors.unsupportedFileSystem(file.toString(), scheme);
  }
}
