package io.tidemark.delta.table;

import io.tidemark.storage.WholeFiles;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Files of another object, for tests that change one of its answers. */
public class ForwardedFiles implements WholeFiles {

  private final WholeFiles files;

  public ForwardedFiles(WholeFiles files) {
    this.files = files;
  }

  @Override
  public boolean createIfAbsent(Path file, byte[] content) throws IOException {
    return files.createIfAbsent(file, content);
  }

  @Override
  public boolean createIfAbsent(Path file, java.nio.file.Path content) throws IOException {
    return files.createIfAbsent(file, content);
  }

  @Override
  public FSDataOutputStream create(Path file) throws IOException {
    return files.create(file);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    files.replace(file, content);
  }

  @Override
  public void delete(Path file) throws IOException {
    files.delete(file);
  }

  @Override
  public FileStatus status(Path file) throws IOException {
    return files.status(file);
  }

  @Override
  public boolean showsUnfinished() {
    return files.showsUnfinished();
  }

  @Override
  public boolean needsDirectories() {
    return files.needsDirectories();
  }
}
