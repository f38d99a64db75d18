package io.tidemark.simulation;

import io.tidemark.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The checkpoint location as one actor reaches it. */
final class SimulatedStorage implements Storage {

  private final Io io;
  private final StoredFiles files;

  SimulatedStorage(Io io, StoredFiles files) {
    this.io = io;
    this.files = files;
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    int restorations = files.restorations();
    return io.request(
        () -> "create " + path,
        () -> {
          if (files.restorations() != restorations) {
            throw new IOException("the location was restored since");
          }
          return files.createIfAbsent(path, content);
        });
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    return io.run(() -> "read " + path, () -> files.read(path));
  }

  @Override
  public List<String> list(String directory) throws IOException {
    return io.run(() -> "list " + directory, () -> files.list(directory));
  }

  @Override
  public void delete(String path) throws IOException {
    io.request(
        () -> "delete " + path,
        () -> {
          files.delete(path);
          return "";
        });
  }

  @Override
  public String location() {
    return "simulated:/checkpoint";
  }
}
