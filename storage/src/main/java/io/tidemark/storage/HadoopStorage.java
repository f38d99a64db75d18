package io.tidemark.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Storage on one of Hadoop's file systems that is not local. */
final class HadoopStorage implements MaintainedStorage {

  private final FileSystem fileSystem;
  private final WholeFiles files;
  private final Path root;

  private final Listings listings = new Listings();

  HadoopStorage(FileSystem fileSystem, WholeFiles files, Path root) {
    this.fileSystem = fileSystem;
    this.files = files;
    this.root = fileSystem.makeQualified(root);
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    return created(path, files.createIfAbsent(new Path(root, path), content));
  }

  @Override
  public boolean createIfAbsent(String path, java.nio.file.Path content) throws IOException {
    return created(path, files.createIfAbsent(new Path(root, path), content));
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    try (FSDataInputStream in = open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException absent) {
      return Optional.empty();
    }
  }

  @Override
  public boolean exists(String path) throws IOException {
    try {
      return files.status(new Path(root, path)).isFile();
    } catch (FileNotFoundException absent) {
      return false;
    }
  }

  private boolean created(String path, boolean created) {
    listings.created(path);
    return created;
  }

  /** A file that a listing has shown costs one request, another one two. */
  private FSDataInputStream open(String path) throws IOException {
    Optional<FileStatus> listed = listings.take(path);
    return listed.isPresent()
        ? HadoopFileSystems.open(fileSystem, listed.get())
        : fileSystem.open(new Path(root, path));
  }

  @Override
  public List<String> list(String directory) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    for (FileStatus status : entries(directory)) {
      if (status.isFile() && !status.getPath().getName().startsWith(".")) {
        files.add(status);
      }
    }
    listings.listed(directory, files);
    return files.stream().map(file -> file.getPath().getName()).toList();
  }

  @Override
  public void delete(String path) throws IOException {
    files.delete(new Path(root, path));
    listings.deleted(path);
  }

  @Override
  public List<StoredFile> files(String directory) throws IOException {
    List<StoredFile> found = new ArrayList<>();
    for (FileStatus status : entries(directory)) {
      if (status.isFile()) {
        found.add(
            new StoredFile(
                status.getPath().getName(), status.getLen(), status.getModificationTime()));
      }
    }
    return found;
  }

  @Override
  public List<String> directories(String directory) throws IOException {
    // Azure shows a directory twice when it has a marker: as the marker, and as a prefix.
    Set<String> names = new TreeSet<>();
    for (FileStatus status : entries(directory)) {
      if (status.isDirectory()) {
        names.add(status.getPath().getName());
      }
    }
    return List.copyOf(names);
  }

  private List<FileStatus> entries(String directory) throws IOException {
    if (isAbsent(directory)) {
      return List.of();
    }
    try {
      return List.of(fileSystem.listStatus(directory.isEmpty() ? root : new Path(root, directory)));
    } catch (FileNotFoundException absent) {
      return List.of();
    }
  }

  /**
   * S3A asks three times whether there is a directory that has no files. The root always has some,
   * and shows with one request which directories there are.
   */
  private boolean isAbsent(String directory) throws IOException {
    return !directory.isEmpty()
        && listings.isLikelyEmpty(directory)
        && !files.needsDirectories()
        && directory.indexOf('/') < 0
        && !directories("").contains(directory);
  }

  @Override
  public void move(String path, String target) throws IOException {
    // Object stores have no rename.
    byte[] content = read(path).orElseThrow(() -> new FileNotFoundException(root + "/" + path));
    if (!createIfAbsent(target, content)) {
      throw new IOException("cannot move " + path + " to " + target + ", which exists");
    }
    delete(path);
  }

  @Override
  public String location() {
    return root.toString();
  }
}
