package io.tidemark.simulation;

import io.tidemark.checkpoint.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What lies in the checkpoint location; tells the invariants of every change. */
final class StoredFiles implements Storage {

  private final TreeMap<String, byte[]> files = new TreeMap<>();
  private Listener listener = (path, content) -> {};

  /** Hears of every file that is created. */
  @FunctionalInterface
  interface Listener {
    void created(String path, byte[] content);
  }

  void listen(Listener to) {
    listener = to;
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) {
    if (files.containsKey(path)) {
      return false;
    }
    files.put(path, content.clone());
    listener.created(path, content);
    return true;
  }

  @Override
  public Optional<byte[]> read(String path) {
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public List<String> list(String directory) {
    String prefix = directory + "/";
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : files.tailMap(prefix).entrySet()) {
      if (!file.getKey().startsWith(prefix)) {
        break;
      }
      names.add(file.getKey().substring(prefix.length()));
    }
    return names;
  }

  @Override
  public void delete(String path) {
    files.remove(path);
  }

  /** The disk gives back something else than was written. */
  void damage(String path, byte[] content) {
    files.put(path, content);
  }

  /** All files as they are now. */
  Map<String, byte[]> copy() {
    return new TreeMap<>(files);
  }

  /** The files are those of a copy again. */
  void putBack(Map<String, byte[]> copy) {
    files.clear();
    files.putAll(copy);
  }

  List<String> paths() {
    return List.copyOf(files.keySet());
  }

  @Override
  public String location() {
    return "simulated:/checkpoint";
  }
}
