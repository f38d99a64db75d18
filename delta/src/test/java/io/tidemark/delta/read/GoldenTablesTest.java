package io.tidemark.delta.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables that Spark wrote, read as Spark reads them. */
class GoldenTablesTest {

  static List<String> tables() throws IOException {
    return GoldenTable.names();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void readsEachVersionAsSparkDoes(String name) throws IOException {
    GoldenTable golden = GoldenTable.of(name);
    ReadableTable table = golden.open();
    assertThat(table.newest()).isEqualTo(golden.versions().size() - 1L);
    for (GoldenTable.Version version : golden.versions()) {
      assertThat(GoldenTable.rows(table, version.number()))
          .as("rows of version %s", version.number())
          .containsExactlyInAnyOrderElementsOf(version.rows());
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void readsTheChangeFeedAsSparkDoes(String name) throws IOException {
    GoldenTable golden = GoldenTable.of(name);
    ReadableTable table = golden.open();
    for (GoldenTable.Version version : golden.versions()) {
      assertThat(table.at(version.number()).changeFeedEnabled() || version.changes() == null)
          .isTrue();
      if (version.changes() != null) {
        assertThat(GoldenTable.changes(table, version.number(), Commit.Reading.CHANGES))
            .as("changes of version %s", version.number())
            .containsExactlyInAnyOrderElementsOf(version.changes());
      }
    }
  }

  /** A consumer that keeps the last record of each key then has the rows of the table. */
  @ParameterizedTest
  @MethodSource("tables")
  void rowsThatAreGoneComeBeforeThoseThatAreThere(String name) throws IOException {
    GoldenTable golden = GoldenTable.of(name);
    ReadableTable table = golden.open();
    for (GoldenTable.Version version : golden.versions()) {
      assertThat(GoldenTable.changes(table, version.number(), Commit.Reading.CHANGES))
          .as("changes of version %s", version.number())
          .extracting(change -> !ChangeType.of((String) change.get("_change_type")).isGone())
          .isSorted();
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void changesLeadFromEachVersionToTheNext(String name) throws IOException {
    GoldenTable golden = GoldenTable.of(name);
    ReadableTable table = golden.open();
    for (int i = 1; i < golden.versions().size(); i++) {
      long version = golden.versions().get(i).number();
      if (!table.at(version).rowSchema().equals(table.at(version - 1).rowSchema())) {
        continue;
      }
      List<Map<String, Object>> rows = new ArrayList<>(golden.versions().get(i - 1).rows());
      for (Map<String, Object> change :
          GoldenTable.changes(table, version, Commit.Reading.CHANGES)) {
        ChangeType type = ChangeType.of((String) change.remove("_change_type"));
        if (type == ChangeType.DELETE || type == ChangeType.UPDATE_PREIMAGE) {
          assertThat(rows.remove(change))
              .as("version %s deletes %s, which there is", version, change)
              .isTrue();
        } else {
          rows.add(change);
        }
      }
      assertThat(rows)
          .as("rows of version %s", version)
          .containsExactlyInAnyOrderElementsOf(golden.versions().get(i).rows());
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void continuesAtEachPosition(String name) throws IOException {
    ReadableTable table = GoldenTable.of(name).open();
    for (long version = 0; version <= table.newest(); version++) {
      for (Commit.Reading reading : Commit.Reading.values()) {
        List<FileChange> changes = GoldenTable.fileChanges(table, version, reading);
        for (int i = 0; i < changes.size(); i++) {
          assertThat(changes.get(i).index()).isEqualTo(i);
          assertThat(changes.get(i).version()).isEqualTo(version);
          continuesAtEachPosition(table, changes.get(i));
        }
      }
    }
  }

  private static void continuesAtEachPosition(ReadableTable table, FileChange change)
      throws IOException {
    List<Long> positions = positions(table, change, 0);
    assertThat(positions).isSorted().doesNotHaveDuplicates();
    for (int i = 0; i < positions.size(); i++) {
      assertThat(positions(table, change, positions.get(i)))
          .isEqualTo(positions.subList(i, positions.size()));
      assertThat(positions(table, change, positions.get(i) + 1))
          .isEqualTo(positions.subList(i + 1, positions.size()));
    }
  }

  private static List<Long> positions(ReadableTable table, FileChange change, long from)
      throws IOException {
    List<Long> positions = new ArrayList<>();
    try (FileRows rows = table.rows(GoldenTable.state(table, change), change, from)) {
      while (rows.next()) {
        positions.add(rows.position());
      }
    }
    return positions;
  }

  @ParameterizedTest
  @MethodSource("tables")
  void handsOutTheSameFilesInPieces(String name) throws IOException {
    ReadableTable table = GoldenTable.of(name).open();
    long version = table.newest();
    List<TableFile> all = table.files(version, path -> true, Optional.empty(), 1000).files();
    List<TableFile> pieces = new ArrayList<>();
    Optional<TableFile> after = Optional.empty();
    while (true) {
      FilePage page = table.files(version, path -> true, after, 1);
      List<TableFile> piece = page.files();
      if (piece.isEmpty()) {
        break;
      }
      pieces.addAll(piece);
      // After a restart only the position is known.
      TableFile last = piece.get(piece.size() - 1);
      after = Optional.of(TableFile.position(last.path(), last.modificationMs()));
    }
    assertThat(pieces).isEqualTo(all).isSorted();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void namesWhatEachCommitDid(String name) throws IOException {
    GoldenTable golden = GoldenTable.of(name);
    ReadableTable table = golden.open();
    try (CommitStream commits = table.commits(0, table.newest())) {
      for (GoldenTable.Version version : golden.versions()) {
        Commit commit = commits.next().orElseThrow();
        assertThat(commit.version()).isEqualTo(version.number());
        assertThat(commit.operation()).isEqualTo(version.operation());
        Commit.Summary summary = commit.summary();
        if (summary.tableId() != null) {
          assertThat(table.at(commit.version()).tableId()).isEqualTo(summary.tableId());
          assertThat(summary.changesMetadata()).isTrue();
        }
      }
      assertThat(commits.next()).isEmpty();
    }
  }

  @Test
  void readsWhatACheckpointHoldsWhenTheLogBeforeItIsGone(@TempDir Path directory)
      throws IOException {
    GoldenTable golden = GoldenTable.of("timed");
    Path copy = directory.resolve("timed");
    try (Stream<Path> files = Files.walk(golden.directory())) {
      for (Path file : files.sorted().toList()) {
        Path target = copy.resolve(golden.directory().relativize(file).toString());
        if (!file.getFileName().toString().matches("0+[0-5]\\.json")) {
          Files.copy(file, target);
        }
      }
    }
    ReadableTable table =
        new DeltaReadableTables(new HadoopFileSystems(Map.of()))
            .open(copy.toString())
            .orElseThrow();
    assertThat(table.earliestCommit()).isEqualTo(6);
    for (GoldenTable.Version version : golden.versions().subList(6, golden.versions().size())) {
      assertThat(GoldenTable.rows(table, version.number()))
          .containsExactlyInAnyOrderElementsOf(version.rows());
    }
    assertThatThrownBy(() -> table.at(4)).isInstanceOf(MissingVersionException.class);
    assertThatThrownBy(() -> table.commits(5, 6).next())
        .isInstanceOf(MissingVersionException.class);
  }
}
