package io.tidemark.command.inspect;

import io.tidemark.storage.HadoopFileSystems;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The data files in the directories of tables whose names contain their owner. */
public final class TableFolder {

  private static final String START = "part-";

  private final HadoopFileSystems fileSystems;

  /** Receives a data file and its owner: a segment, or {@code window-<attempt>}. */
  interface Visitor {
    void file(String path, long bytes, String owner);
  }

  /** Tables on these file systems. */
  public TableFolder(HadoopFileSystems fileSystems) {
    this.fileSystems = fileSystems;
  }

  /** Visits all files of a table's directory, if the directory exists. */
  void visit(String table, Visitor visitor) throws IOException {
    Path root = new Path(table);
    FileSystem fileSystem;
    try {
      fileSystem = fileSystems.of(root);
    } catch (IllegalArgumentException e) {
      throw new IOException("Cannot reach " + table + ": " + e.getMessage(), e);
    }
    visit(fileSystem, root, visitor);
  }

  private static void visit(FileSystem fileSystem, Path directory, Visitor visitor)
      throws IOException {
    FileStatus[] entries;
    try {
      entries = fileSystem.listStatus(directory);
    } catch (FileNotFoundException gone) {
      return;
    }
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      if (entry.isFile()) {
        owner(name)
            .ifPresent(owner -> visitor.file(entry.getPath().toString(), entry.getLen(), owner));
      } else if (!name.startsWith("_") && !name.startsWith(".")) {
        visit(fileSystem, entry.getPath(), visitor);
      }
    }
  }

  /** The part of a name between its prefix and the count of the file. */
  static Optional<String> owner(String name) {
    int dot = name.indexOf('.');
    int count = dot < 0 ? -1 : name.lastIndexOf('-', dot);
    return name.startsWith(START) && count > START.length()
        ? Optional.of(name.substring(START.length(), count))
        : Optional.empty();
  }
}
