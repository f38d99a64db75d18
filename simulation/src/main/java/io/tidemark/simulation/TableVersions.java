package io.tidemark.simulation;

import io.tidemark.checkpoint.log.DataFile;
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

/** The log of a table: one version after the other, by whichever writer takes the number first. */
final class TableVersions {

  /** What a version did. */
  sealed interface Version {

    /** A batch of the connector. */
    record Ours(Append append) implements Version {}

    /** Rows of another writer. */
    record Foreign(String file) implements Version {}

    /** Files of any writer put together into one. */
    record Optimize(List<String> removed, String added) implements Version {}

    /** Another schema: whoever is about to commit has to look again. */
    record Schema() implements Version {}
  }

  private final String location;
  private final String id;
  private final List<Version> versions = new ArrayList<>();

  /** Files of the newest version, with the records in them. */
  private final Map<String, List<String>> active = new TreeMap<>();

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

  /** The newest batch of a query. */
  OptionalLong transaction(String appId) {
    return versions.stream()
        .filter(version -> version instanceof Version.Ours)
        .map(version -> ((Version.Ours) version).append())
        .filter(append -> append.appId().equals(appId))
        .mapToLong(Append::batch)
        .max();
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

  /** Those of these files that any version names. */
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

  /** Whether somebody changed the schema from this version on. */
  boolean schemaChangedSince(int version) {
    return versions.subList(version, versions.size()).stream()
        .anyMatch(change -> change instanceof Version.Schema);
  }

  void commit(Version version, DataFolder folder) {
    versions.add(version);
    if (version instanceof Version.Ours ours) {
      for (DataFile file : ours.append().files()) {
        List<String> records =
            folder
                .records(file.path())
                .orElseThrow(
                    () ->
                        new Violation(
                            "batch %d commits %s, which is gone"
                                .formatted(ours.append().batch(), file.path())));
        active.put(file.path(), records);
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
