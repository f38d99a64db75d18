package io.tidemark.simulation;

import io.tidemark.common.DataFile;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.CommittedBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** The log of a table: each version belongs to the first writer that takes its number. */
final class TableVersions {

  /** The kinds of versions. */
  sealed interface Version {

    /** A batch of the connector. */
    record Ours(Append append) implements Version {}

    /** Rows of another writer. */
    record Foreign(String file) implements Version {}

    /** Files of any writer put together into one. */
    record Optimize(List<String> removed, String added) implements Version {}

    /** Another schema: a writer that is about to commit must read the table again. */
    record Schema() implements Version {}
  }

  private final String location;
  private final String id;
  private final List<Version> versions = new ArrayList<>();

  /** Files of the newest version, with the records in them. */
  private final Map<String, List<String>> active = new TreeMap<>();

  /** Transactions of versions before this one are dropped. */
  private int dropped;

  private int changes;
  private int restorations;

  TableVersions(String location, String id) {
    this.location = location;
    this.id = id;
  }

  String location() {
    return location;
  }

  String id() {
    return id;
  }

  int size() {
    return versions.size();
  }

  List<Version> versions() {
    return versions;
  }

  Map<String, List<String>> active() {
    return active;
  }

  /** The newest batch of a query according to its transaction. */
  OptionalLong transaction(String appId) {
    return ours(dropped, appId).mapToLong(Append::batch).max();
  }

  /** The newest batch of any query, -1 for none. */
  long newestBatch() {
    return versions.stream()
        .filter(version -> version instanceof Version.Ours)
        .mapToLong(version -> ((Version.Ours) version).append().batch())
        .max()
        .orElse(-1);
  }

  private Stream<Append> ours(int from, String appId) {
    return versions.subList(from, versions.size()).stream()
        .filter(version -> version instanceof Version.Ours)
        .map(version -> ((Version.Ours) version).append())
        .filter(append -> append.appId().equals(appId));
  }

  /** A table checkpoint drops all transactions; the commits keep theirs. */
  void dropTransactions() {
    dropped = versions.size();
  }

  /** The current schema for which files are written. */
  String columns() {
    return "columns " + changes;
  }

  /** Another writer changes the columns so that no file that was written before fits. */
  void changeColumns() {
    changes++;
    versions.add(new Version.Schema());
  }

  /**
   * The newest versions are gone, with their files.
   *
   * @return false when no version of the connector is among them, or one that can no longer be
   *     checked
   */
  boolean loseVersions(int count) {
    int left = Math.max(0, versions.size() - count);
    List<Version> gone = versions.subList(left, versions.size());
    if (gone.stream().noneMatch(version -> version instanceof Version.Ours)
        || gone.stream().anyMatch(version -> !(version instanceof Version.Ours))) {
      return false;
    }
    for (Version version : gone) {
      ((Version.Ours) version).append().files().forEach(file -> active.remove(file.path()));
    }
    gone.clear();
    dropped = Math.min(dropped, left);
    restorations++;
    return true;
  }

  /** How often the newest versions were lost. */
  int restorations() {
    return restorations;
  }

  /** Whether every version of a batch carries out this plan. */
  boolean hasNoOtherPlan(long number, String mark) {
    return versions.stream()
        .filter(version -> version instanceof Version.Ours)
        .map(version -> CommittedBatch.of(((Version.Ours) version).append(), 0, 0))
        .filter(batch -> batch.batch() == number)
        .allMatch(batch -> batch.plan().equals(Optional.of(mark)));
  }

  /** Whether a version says that a plan is void. */
  boolean isVoid(long number, String mark) {
    return versions.stream()
        .filter(version -> version instanceof Version.Ours)
        .map(version -> CommittedBatch.of(((Version.Ours) version).append(), 0, 0))
        .anyMatch(
            batch ->
                batch.batch() == number
                    && batch.isVoid()
                    && batch.plan().equals(Optional.of(mark)));
  }

  /** Whether any version names the file. */
  boolean names(String path) {
    return versions.stream()
        .anyMatch(
            version ->
                version instanceof Version.Ours ours
                    && ours.append().files().stream().anyMatch(file -> file.path().equals(path)));
  }

  /** The newest version that is a batch of a query. */
  Optional<CommittedBatch> lastBatch(String appId) {
    for (int version = versions.size() - 1; version >= 0; version--) {
      if (versions.get(version) instanceof Version.Ours ours
          && ours.append().appId().equals(appId)) {
        return Optional.of(CommittedBatch.of(ours.append(), version, 0));
      }
    }
    return Optional.empty();
  }

  /** The files among these that any version names. */
  Set<String> named(Set<String> paths) {
    Set<String> named = new TreeSet<>();
    for (Version version : versions) {
      if (version instanceof Version.Ours ours) {
        ours.append().files().forEach(file -> named.add(file.path()));
      } else if (version instanceof Version.Optimize optimize) {
        named.add(optimize.added());
      } else if (version instanceof Version.Foreign foreign) {
        named.add(foreign.file());
      }
    }
    named.retainAll(paths);
    return named;
  }

  /** Whether the schema was changed from this version on. */
  boolean schemaChangedSince(int version) {
    return versions.subList(version, versions.size()).stream()
        .anyMatch(change -> change instanceof Version.Schema);
  }

  /**
   * Adds a version.
   *
   * @param missing the content to assume for a missing file
   */
  void commit(Version version, DataFolder folder, Function<DataFile, List<String>> missing) {
    versions.add(version);
    if (version instanceof Version.Ours ours) {
      for (DataFile file : ours.append().files()) {
        active.put(file.path(), folder.records(file.path()).orElseGet(() -> missing.apply(file)));
      }
    } else if (version instanceof Version.Optimize optimize) {
      List<String> records = new ArrayList<>();
      optimize.removed().forEach(path -> records.addAll(active.remove(path)));
      active.put(optimize.added(), records);
    } else if (version instanceof Version.Foreign foreign) {
      active.put(foreign.file(), List.of("foreign " + foreign.file()));
    }
  }
}
