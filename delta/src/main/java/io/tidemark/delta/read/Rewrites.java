package io.tidemark.delta.read;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The files that a commit both removes and adds, because their deletion vector changes. Keeps all
 * removed files of the commit in memory during the search, and only these files afterwards.
 */
final class Rewrites {

  static final Rewrites NONE = new Rewrites(Map.of());

  /** What a commit does to one file. */
  record Rewrite(LogFile removed, LogFile added) {}

  private final Map<String, Rewrite> byPath;

  private Rewrites(Map<String, Rewrite> byPath) {
    this.byPath = byPath;
  }

  static Rewrites in(CommitFiles files) throws IOException {
    Map<String, LogFile> removed = new HashMap<>();
    try (CommitFiles.Pass pass = files.pass()) {
      for (LogFile file = pass.next(); file != null; file = pass.next()) {
        if (file.kind() == LogFile.Kind.REMOVE) {
          removed.put(file.path(), file);
        }
      }
    }
    Map<String, Rewrite> rewrites = new HashMap<>();
    try (CommitFiles.Pass pass = files.pass()) {
      for (LogFile file = pass.next(); file != null; file = pass.next()) {
        if (file.kind() == LogFile.Kind.ADD && removed.containsKey(file.path())) {
          rewrites.put(file.path(), new Rewrite(removed.get(file.path()), file));
        }
      }
    }
    return new Rewrites(rewrites);
  }

  /** What the commit does to this file; null when the file is only added or only removed. */
  Rewrite of(LogFile file) {
    return byPath.get(file.path());
  }

  Set<String> paths() {
    return byPath.keySet();
  }
}
