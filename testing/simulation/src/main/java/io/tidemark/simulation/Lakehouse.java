package io.tidemark.simulation;

import io.tidemark.common.DataFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** All tables, and the other writers that work on them. */
final class Lakehouse {

  /** The suffix of the second name of a table. */
  private static final String LINK = "-link";

  private final Map<String, TableVersions> tables = new TreeMap<>();
  private final DataFolder folder;
  private CommitListener listener = (table, version) -> {};
  private int foreignFiles;

  /** Is notified of every version of the connector. */
  @FunctionalInterface
  interface CommitListener {
    void committed(TableVersions table, TableVersions.Version.Ours version);
  }

  Lakehouse(DataFolder folder, int count) {
    this.folder = folder;
    for (int table = 0; table < count; table++) {
      String location = "table" + table;
      tables.put(location, new TableVersions(location, "id-" + table));
    }
  }

  void listen(CommitListener to) {
    listener = to;
  }

  /** The table at a location, which may be a link to another one. */
  TableVersions table(String location) {
    return tables.get(
        location.endsWith(LINK)
            ? location.substring(0, location.length() - LINK.length())
            : location);
  }

  /** Another name of the table at a location. */
  static String link(String location) {
    return location + LINK;
  }

  List<TableVersions> all() {
    return List.copyOf(tables.values());
  }

  void commit(TableVersions table, TableVersions.Version version) {
    commit(
        table,
        version,
        file -> {
          throw new Violation("J: " + file.path() + " is committed, and is gone");
        });
  }

  void commit(
      TableVersions table,
      TableVersions.Version version,
      Function<DataFile, List<String>> missing) {
    if (version instanceof TableVersions.Version.Ours ours) {
      listener.committed(table, ours);
    }
    table.commit(version, folder, missing);
  }

  /** Whether a version of any table names the file. */
  boolean names(String path) {
    return tables.values().stream().anyMatch(table -> table.names(path));
  }

  /** Another writer's commit, at one instant. */
  void disturb(Disturbance disturbance) {
    TableVersions table = all().get(disturbance.amount() % tables.size());
    switch (disturbance.kind()) {
      case FOREIGN_APPEND ->
          commit(table, new TableVersions.Version.Foreign("foreign-" + foreignFiles++));
      case ADD_COLUMN -> commit(table, new TableVersions.Version.Schema());
      case CHANGE_COLUMNS -> table.changeColumns();
      case DROP_TRANSACTIONS -> table.dropTransactions();
      case OPTIMIZE -> {
        List<String> removed = new ArrayList<>(table.active().keySet());
        if (removed.size() > 1) {
          commit(table, new TableVersions.Version.Optimize(removed, "optimized-" + foreignFiles++));
        }
      }
      default -> throw new IllegalArgumentException(disturbance.toString());
    }
  }
}
