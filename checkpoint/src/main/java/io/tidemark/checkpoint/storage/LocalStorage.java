package io.tidemark.checkpoint.storage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Storage on a file system of this machine, or one that is mounted on every worker. */
final class LocalStorage implements Storage {

  private final Path root;

  LocalStorage(Path root) {
    this.root = root;
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    return LinkedFile.createIfAbsent(root.resolve(path), content);
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
        if (!name.startsWith(".")) {
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
  public String location() {
    return root.toUri().toString();
  }
}
