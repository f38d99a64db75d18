package io.tidemark.storage;

import io.tidemark.common.LinkedFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Storage on a file system of this machine, or one that is mounted on every worker. */
final class LocalStorage implements MaintainedStorage {

  private final Path root;

  LocalStorage(Path root) {
    this.root = root;
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    return createIfAbsent(path, out -> out.write(content));
  }

  @Override
  public boolean createIfAbsent(String path, Path content) throws IOException {
    return createIfAbsent(path, out -> Files.copy(content, out));
  }

  private boolean createIfAbsent(String path, LinkedFile.Content content) throws IOException {
    Path file = root.resolve(path);
    try {
      return LinkedFiles.createIfAbsent(file, content);
    } catch (NoSuchFileException directoryMissing) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return LinkedFiles.createIfAbsent(file, content);
    }
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(root.resolve(path)));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> list(String directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(directory))) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!name.startsWith(".") && !Files.isDirectory(entry)) {
          names.add(name);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException absent) {
      return List.of();
    }
    return names;
  }

  @Override
  public void delete(String path) throws IOException {
    Path file = root.resolve(path);
    Files.deleteIfExists(file);
    // Spark writes through Hadoop, which puts a checksum beside each local file.
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  @Override
  public Optional<Path> localFile(String path) {
    return Optional.of(root.resolve(path));
  }

  @Override
  public List<StoredFile> files(String directory) throws IOException {
    List<StoredFile> files = new ArrayList<>();
    for (Path entry : entries(directory)) {
      BasicFileAttributeView view =
          Files.getFileAttributeView(
              entry, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      Optional<BasicFileAttributes> attributes = attributes(view);
      if (attributes.isPresent() && attributes.get().isRegularFile()) {
        files.add(
            new StoredFile(
                entry.getFileName().toString(),
                attributes.get().size(),
                attributes.get().lastModifiedTime().toMillis()));
      }
    }
    return files;
  }

  private static Optional<BasicFileAttributes> attributes(BasicFileAttributeView view)
      throws IOException {
    try {
      return Optional.of(view.readAttributes());
    } catch (NoSuchFileException removedMeanwhile) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> directories(String directory) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path entry : entries(directory)) {
      if (Files.isDirectory(entry)) {
        names.add(entry.getFileName().toString());
      }
    }
    return names;
  }

  private List<Path> entries(String directory) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(directory))) {
      entries.forEach(paths::add);
    } catch (NoSuchFileException | NotDirectoryException absent) {
      return List.of();
    }
    return paths;
  }

  @Override
  public void move(String path, String target) throws IOException {
    Path to = root.resolve(target);
    Files.createDirectories(to.getParent());
    // A link and not a rename: the rename would replace a file of that name.
    Files.createLink(to, root.resolve(path));
    Files.delete(root.resolve(path));
  }

  @Override
  public String location() {
    return root.toUri().toString();
  }
}
