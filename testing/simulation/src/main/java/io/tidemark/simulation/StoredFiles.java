package io.tidemark.simulation;

import io.tidemark.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of the checkpoint location; notifies the invariants of every change. */
final class StoredFiles implements Storage {

  private final TreeMap<String, byte[]> files = new TreeMap<>();
  private Listener listener = (path, content) -> {};

  private int restorations;

  /** Is notified of every file that is created. */
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

  /** Changes the content of a file on disk. */
  void damage(String path, byte[] content) {
    files.put(path, content);
  }

  /** All files as they are now. */
  Map<String, byte[]> copy() {
    return new TreeMap<>(files);
  }

  /** Restores the files of a copy. */
  void putBack(Map<String, byte[]> copy) {
    files.clear();
    files.putAll(copy);
    restorations++;
  }

  /** How often a copy was restored. A request that was sent before does not land after. */
  int restorations() {
    return restorations;
  }

  List<String> paths() {
    return List.copyOf(files.keySet());
  }

  @Override
  public String location() {
    return "simulated:/checkpoint";
  }
}
