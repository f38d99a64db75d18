package io.tidemark.checkpoint.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Storage on a file system whose {@code rename} is atomic and refuses to replace a file, as HDFS's
 * does: a complete temporary file gets its name by a rename.
 */
final class RenamingStorage implements MaintainedStorage {

  private final FileSystem fileSystem;
  private final Path root;

  RenamingStorage(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = fileSystem.makeQualified(root);
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    Path file = new Path(root, path);
    Path temporary = new Path(file.getParent(), StoredFile.TEMPORARY_PREFIX + UUID.randomUUID());
    boolean renamed = false;
    try {
      try (FSDataOutputStream out = fileSystem.create(temporary, false)) {
        out.write(content);
        out.hsync();
      }
      renamed = fileSystem.rename(temporary, file);
      if (!renamed && !fileSystem.exists(file)) {
        throw new IOException("rename to " + file + " was refused, and no such file exists");
      }
      return renamed;
    } finally {
      if (!renamed) {
        fileSystem.delete(temporary, false);
      }
    }
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    try (FSDataInputStream in = fileSystem.open(new Path(root, path))) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException absent) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> list(String directory) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus status : fileSystem.listStatus(new Path(root, directory))) {
        String name = status.getPath().getName();
        if (status.isFile() && !name.startsWith(".")) {
          names.add(name);
        }
      }
    } catch (FileNotFoundException absent) {
      return List.of();
    }
    return names;
  }

  @Override
  public void delete(String path) throws IOException {
    fileSystem.delete(new Path(root, path), false);
  }

  @Override
  public List<StoredFile> files(String directory) throws IOException {
    List<StoredFile> files = new ArrayList<>();
    for (FileStatus status : entries(directory)) {
      if (status.isFile()) {
        files.add(
            new StoredFile(
                status.getPath().getName(), status.getLen(), status.getModificationTime()));
      }
    }
    return files;
  }

  @Override
  public List<String> directories(String directory) throws IOException {
    List<String> names = new ArrayList<>();
    for (FileStatus status : entries(directory)) {
      if (status.isDirectory()) {
        names.add(status.getPath().getName());
      }
    }
    return names;
  }

  private List<FileStatus> entries(String directory) throws IOException {
    try {
      return List.of(fileSystem.listStatus(directory.isEmpty() ? root : new Path(root, directory)));
    } catch (FileNotFoundException absent) {
      return List.of();
    }
  }

  @Override
  public void move(String path, String target) throws IOException {
    Path to = new Path(root, target);
    fileSystem.mkdirs(to.getParent());
    if (!fileSystem.rename(new Path(root, path), to)) {
      throw new IOException("rename of " + path + " to " + to + " was refused");
    }
  }

  @Override
  public String location() {
    return root.toString();
  }
}
