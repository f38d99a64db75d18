package io.tidemark.sink.file;

import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import io.tidemark.sink.file.TableFolders.Leftover;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes data files of tables that no batch has committed and none will. The logs name the files,
 * and each table is checked: a file that any version of the table names is kept, whatever the logs
 * say (invariant N). All other files of the same owner are then kept too, because the logs are
 * wrong about it.
 */
public final class DataFiles {

  private static final Logger LOG = LoggerFactory.getLogger(DataFiles.class);

  private final TableFolders folders;
  private final Tables tables;
  private final LongAdder findings;
  private final Map<String, Table> opened = new HashMap<>();

  /**
   * @param findings counts owners with files that a table names but the logs assign to no batch
   */
  public DataFiles(TableFolders folders, Tables tables, LongAdder findings) {
    this.folders = folders;
    this.tables = tables;
    this.findings = findings;
  }

  /** Whether the file exists with its full length. */
  public boolean isWhole(DataFile file) throws IOException {
    return folders.isWhole(file);
  }

  /**
   * Deletes files, or none of them.
   *
   * @param owner the owner of the files, for the log
   */
  public void delete(String owner, List<DataFile> files) throws IOException {
    SortedMap<String, List<Leftover>> byTable = new TreeMap<>();
    for (DataFile file : files) {
      byTable
          .computeIfAbsent(file.table(), any -> new ArrayList<>())
          .add(new Leftover(owner, file.path(), file.modifiedMs()));
    }
    boolean free = true;
    for (Map.Entry<String, List<Leftover>> table : byTable.entrySet()) {
      free &= free(table.getKey(), table.getValue()).size() == table.getValue().size();
    }
    if (free) {
      for (DataFile file : files) {
        folders.delete(file.table(), file.path());
      }
    }
  }

  /**
   * Deletes every file of these sessions below a table whose segment comes after the last accepted
   * one.
   *
   * @param table location of the table; without effect when there is nothing
   * @param accepted sequence of the session's last accepted segment, -1 for none
   * @return how many were deleted
   */
  public int deleteOrphans(String table, Map<SessionId, Integer> accepted) throws IOException {
    return deleteFree(table, folders.orphans(table, accepted));
  }

  /**
   * Deletes every file of an owner below a table but those that its batch names.
   *
   * @param owner as in {@link FileOwner#name}
   * @param kept paths relative to the table
   * @return how many were deleted
   */
  public int deleteOwned(String table, String owner, Set<String> kept) throws IOException {
    return deleteFree(table, folders.owned(table, owner, kept));
  }

  private int deleteFree(String table, List<Leftover> files) throws IOException {
    List<Leftover> free = free(table, files);
    for (Leftover file : free) {
      folders.delete(table, file.path());
    }
    return free.size();
  }

  /** The files of the owners that have no file in any version. */
  private List<Leftover> free(String table, List<Leftover> files) throws IOException {
    if (files.isEmpty()) {
      return files;
    }
    Set<String> paths = files.stream().map(Leftover::path).collect(Collectors.toSet());
    Set<String> named;
    try {
      named = named(table, paths, files.stream().mapToLong(Leftover::modifiedMs).min().getAsLong());
    } catch (TidemarkException unreadable) {
      LOG.warn("Not deleting {} in {}, because the table cannot be read", paths, table, unreadable);
      return List.of();
    }
    SortedMap<String, Set<String>> namedByOwner = new TreeMap<>();
    for (Leftover file : files) {
      if (named.contains(file.path())) {
        namedByOwner.computeIfAbsent(file.owner(), any -> new TreeSet<>()).add(file.path());
      }
    }
    namedByOwner.forEach(
        (owner, of) -> {
          findings.increment();
          LOG.error("{}", LeftoverErrors.named(table, owner, of).getMessage());
        });
    return files.stream().filter(file -> !namedByOwner.containsKey(file.owner())).toList();
  }

  private Set<String> named(String location, Set<String> paths, long sinceMs) throws IOException {
    Table table = opened.get(location);
    if (table == null) {
      Optional<Table> found = tables.open(location);
      if (found.isEmpty()) {
        return new HashSet<>();
      }
      table = found.get();
      opened.put(location, table);
    }
    return table.named(paths, sinceMs);
  }
}
