package io.tidemark.delta.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A table that Spark wrote, with the rows that Spark read in each version. */
record GoldenTable(String name, Path directory, List<Version> versions) {

  /**
   * @param changes with {@code _change_type}; null where the change feed was off
   */
  record Version(
      long number,
      String operation,
      String timestamp,
      List<Map<String, Object>> rows,
      List<Map<String, Object>> changes) {}

  static List<String> names() throws IOException {
    try (Stream<Path> directories = Files.list(root())) {
      return directories
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  static GoldenTable of(String name) throws IOException {
    Path directory = root().resolve(name);
    List<Version> versions = new ArrayList<>();
    for (JsonNode version :
        new ObjectMapper().readTree(directory.resolve("expected.json").toFile())) {
      versions.add(
          new Version(
              version.get("version").asLong(),
              version.get("operation").asText(),
              version.get("timestamp").asText(),
              rows(version.get("rows")),
              version.has("changes") ? rows(version.get("changes")) : null));
    }
    return new GoldenTable(name, directory.resolve("table"), versions);
  }

  private static List<Map<String, Object>> rows(JsonNode texts) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (JsonNode text : texts) {
      Map<String, Object> row = Canonical.row(text.asText());
      row.remove("_commit_version");
      row.remove("_commit_timestamp");
      rows.add(row);
    }
    return rows;
  }

  private static Path root() {
    return Path.of("src/test/resources/golden").toAbsolutePath();
  }

  ReadableTable open() throws IOException {
    return new DeltaReadableTables(new HadoopFileSystems(Map.of()))
        .open(directory.toString())
        .orElseThrow();
  }

  /** The rows of a version, read by us. */
  static List<Map<String, Object>> rows(ReadableTable table, long version) throws IOException {
    TableState state = table.at(version);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (TableFile file : table.files(version, path -> true, Optional.empty(), 1000).files()) {
      long before = rows.size();
      try (FileRows read = table.rows(state, file, 0)) {
        while (read.next()) {
          rows.add(Canonical.row(read.value()));
        }
      }
      OptionalLong told = file.rows();
      if (told.isPresent() && told.getAsLong() != rows.size() - before) {
        throw new AssertionError(file + " has " + (rows.size() - before) + " rows");
      }
    }
    return rows;
  }

  /** The changes of a version, read by us, with {@code _change_type}. */
  static List<Map<String, Object>> changes(
      ReadableTable table, long version, Commit.Reading reading) throws IOException {
    List<Map<String, Object>> changes = new ArrayList<>();
    for (FileChange change : fileChanges(table, version, reading)) {
      try (FileRows read = table.rows(state(table, change), change, 0)) {
        while (read.next()) {
          Map<String, Object> row = Canonical.row(read.value());
          row.put("_change_type", read.changeType().text());
          changes.add(row);
        }
      }
    }
    return changes;
  }

  /** How the rows of a change are read. */
  static TableState state(ReadableTable table, FileChange change) throws IOException {
    return table.at(change.ofVersionBefore() ? change.version() - 1 : change.version());
  }

  static List<FileChange> fileChanges(ReadableTable table, long version, Commit.Reading reading)
      throws IOException {
    List<FileChange> changes = new ArrayList<>();
    try (CommitStream commits = table.commits(version, version);
        ChangeStream stream = commits.next().orElseThrow().changes(reading)) {
      for (Optional<FileChange> next = stream.next(); next.isPresent(); next = stream.next()) {
        changes.add(next.get());
      }
    }
    return changes;
  }
}
