package io.tidemark.checkpoint.log;

import io.tidemark.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Storage in memory whose creates can lose their answer. */
final class MapStorage implements Storage {

  final Map<String, byte[]> files = new TreeMap<>();
  boolean losesAnswers;
  boolean refuses;

  /** Others delete each file before its creator hears that it exists. */
  boolean forgets;

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    if (refuses) {
      throw new IOException("refused");
    }
    if (forgets) {
      return false;
    }
    boolean created = files.putIfAbsent(path, content.clone()) == null;
    if (losesAnswers) {
      throw new IOException("time-out");
    }
    return created;
  }

  @Override
  public Optional<byte[]> read(String path) {
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public List<String> list(String directory) {
    List<String> names = new ArrayList<>();
    for (String path : files.keySet()) {
      if (path.startsWith(directory + "/")) {
        names.add(path.substring(directory.length() + 1));
      }
    }
    return names;
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
