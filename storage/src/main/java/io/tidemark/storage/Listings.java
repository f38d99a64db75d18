package io.tidemark.storage;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;

/**
 * What was last seen of the directories that were listed. It saves requests to an object store and
 * decides nothing. Thread-safe.
 */
final class Listings {

  private final Map<String, Map<String, FileStatus>> unread = new HashMap<>();
  private final Map<String, Set<String>> names = new HashMap<>();

  /** A listing has shown these files. */
  synchronized void listed(String directory, List<FileStatus> files) {
    Map<String, FileStatus> found = new HashMap<>();
    files.forEach(file -> found.put(file.getPath().getName(), file));
    names.put(directory, new HashSet<>(found.keySet()));
    unread.put(directory, found);
  }

  synchronized void created(String path) {
    names.getOrDefault(directory(path), new HashSet<>()).add(name(path));
  }

  synchronized void deleted(String path) {
    names.getOrDefault(directory(path), new HashSet<>()).remove(name(path));
  }

  /**
   * The file as the last listing has shown it, once: the second time it has to be looked up, in
   * case that it is another one by now.
   */
  synchronized Optional<FileStatus> take(String path) {
    return Optional.ofNullable(
        unread.getOrDefault(directory(path), new HashMap<>()).remove(name(path)));
  }

  /** Whether the directory had no files when it was listed, or has lost all that were seen. */
  synchronized boolean isLikelyEmpty(String directory) {
    return names.containsKey(directory) && names.get(directory).isEmpty();
  }

  private static String directory(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
