package io.tidemark.windows.fake;

import io.tidemark.storage.Storage;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Storage in memory. */
public final class MemoryStorage implements Storage {

  private final TreeMap<String, byte[]> files = new TreeMap<>();

  @Override
  public boolean createIfAbsent(String path, byte[] content) {
    return files.putIfAbsent(path, content.clone()) == null;
  }

  @Override
  public Optional<byte[]> read(String path) {
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public List<String> list(String directory) {
    return files.keySet().stream()
        .filter(path -> path.startsWith(directory + "/"))
        .map(path -> path.substring(directory.length() + 1))
        .toList();
  }

  @Override
  public void delete(String path) {
    files.remove(path);
  }

  @Override
  public String location() {
    return "memory:/checkpoint";
  }
}
