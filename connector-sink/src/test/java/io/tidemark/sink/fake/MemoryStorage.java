package io.tidemark.sink.fake;

import io.tidemark.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Storage in memory that reports every operation before and after its effect. */
public class MemoryStorage implements Storage {

  private final Map<String, byte[]> files = new TreeMap<>();
  private final Faults faults;

  public MemoryStorage(Faults faults) {
    this.faults = faults;
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    return faults.around("create " + path, () -> files.putIfAbsent(path, content.clone()) == null);
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    return faults.around("read " + path, () -> Optional.ofNullable(files.get(path)));
  }

  @Override
  public List<String> list(String directory) throws IOException {
    return faults.around(
        "list " + directory,
        () -> {
          List<String> names = new ArrayList<>();
          for (String path : files.keySet()) {
            if (path.startsWith(directory + "/")) {
              names.add(path.substring(directory.length() + 1));
            }
          }
          return names;
        });
  }

  @Override
  public void delete(String path) throws IOException {
    faults.around("delete " + path, () -> files.remove(path));
  }

  @Override
  public String location() {
    return "memory:/checkpoint";
  }

  /** Puts a file there, whether one is or not, without an operation. */
  public void put(String path, byte[] content) {
    files.put(path, content.clone());
  }

  /** Paths of all files, in order, without an operation. */
  public List<String> paths() {
    return List.copyOf(files.keySet());
  }
}
