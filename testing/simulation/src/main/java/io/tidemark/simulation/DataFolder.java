package io.tidemark.simulation;

import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.sink.file.TableFolders.Leftover;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The data files of all tables: path to the records in them, {@code topic-partition@offset}. */
final class DataFolder {

  private static final String NAME_START = "part-";

  private final Map<String, List<String>> files = new TreeMap<>();
  private final Map<String, List<String>> lost = new TreeMap<>();

  /** The actors that have seen a file, by path. */
  private final Map<String, Set<String>> seen = new TreeMap<>();

  private Listener listener;

  /** Is notified of created and deleted files. */
  interface Listener {
    void begun(String path);

    void deleted(String path);
  }

  void listen(Listener to) {
    listener = to;
  }

  static String path(String table, String owner, int count) {
    return table + "/" + NAME_START + owner + "-" + count;
  }

  /** An empty file. */
  void create(String path) {
    if (files.put(path, List.of()) != null) {
      throw new Violation("two files of one name: " + path);
    }
    listener.begun(path);
  }

  /** Sets the content of the closed file; without effect when it was deleted while open. */
  void fill(String path, List<String> records) {
    files.computeIfPresent(path, (name, before) -> List.copyOf(records));
  }

  /** The records of a file, empty when there is no such file. */
  Optional<List<String>> records(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** Another program removes a file. */
  void lose(String path) {
    lost.put(path, files.remove(path));
  }

  /** Whether another program removed the file. */
  boolean isLost(String path) {
    return lost.containsKey(path);
  }

  /** Whether the file is there; the caller may rely on the answer for a moment. */
  boolean isThere(String path, String who) {
    boolean there = files.containsKey(path);
    if (there) {
      seen.computeIfAbsent(path, any -> new HashSet<>()).add(who);
    } else {
      seen.getOrDefault(path, new HashSet<>()).remove(who);
    }
    return there;
  }

  /** Whether the file was there when this actor last looked for it. */
  boolean isSeen(String path, String who) {
    return seen.getOrDefault(path, Set.of()).contains(who);
  }

  /** The records of a file that was lost; empty for any other. */
  Optional<List<String>> lost(String path) {
    return Optional.ofNullable(lost.get(path));
  }

  boolean delete(String path) {
    boolean there = files.remove(path) != null;
    if (there) {
      listener.deleted(path);
    }
    return there;
  }

  List<Leftover> orphans(String table, Map<SessionId, Integer> accepted) {
    List<Leftover> orphans = new ArrayList<>();
    for (String path : paths()) {
      if (path.startsWith(table + "/" + NAME_START)) {
        Optional<SegmentId> segment = segment(path);
        Integer last = segment.map(id -> accepted.get(id.session())).orElse(null);
        if (last != null && segment.get().sequence() > last) {
          orphans.add(new Leftover(segment.get().session().toString(), path, 0));
        }
      }
    }
    return orphans;
  }

  List<Leftover> owned(String table, String owner, Set<String> kept) {
    return paths().stream()
        .filter(path -> path.startsWith(table + "/" + NAME_START + owner + "-"))
        .filter(path -> !kept.contains(path))
        .map(path -> new Leftover(owner, path, 0))
        .toList();
  }

  /** The segment of a data file of the connector; empty for result rows. */
  static Optional<SegmentId> segment(String path) {
    return SegmentId.tryParse(owner(path));
  }

  /** The name of a file's owner. */
  static String owner(String path) {
    String name = path.substring(path.indexOf(NAME_START) + NAME_START.length());
    return name.substring(0, name.lastIndexOf('-'));
  }

  List<String> paths() {
    return new ArrayList<>(files.keySet());
  }
}
