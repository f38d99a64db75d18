package io.tidemark.delta.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.delta.read.FileAction.Rows;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.TableFixture;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits in which other writers add and remove files. */
class CommitFilesTest {

  private static final String VECTOR =
      "\"deletionVector\":{\"storageType\":\"u\",\"pathOrInlineDv\":\"ab^-aqEH.-t@S}K{vb[*k^\","
          + "\"offset\":1,\"sizeInBytes\":36,\"cardinality\":2}";

  @TempDir Path directory;
  private TableFixture fixture;

  @BeforeEach
  void create() throws IOException {
    fixture = new TableFixture(directory.resolve("orders"));
    var columns = List.of(TableFixture.id(), TableFixture.text("p"));
    TableFixture.tables()
        .create(
            fixture.location(),
            new TableSchema(new ColumnType.Struct(columns), List.of("p")),
            Map.of());
  }

  private static String add(String path, String more) {
    return "{\"add\":{\"path\":\"%s\",\"partitionValues\":{\"p\":\"x\"},\"size\":7,\"modificationTime\":1,%s}}"
        .formatted(path, more);
  }

  private static String remove(String path, String more) {
    return "{\"remove\":{\"path\":\"%s\",\"partitionValues\":{\"p\":\"x\"},\"size\":7,%s}}"
        .formatted(path, more);
  }

  private static String changeFile(String path) {
    return "{\"cdc\":{\"path\":\"%s\",\"partitionValues\":{\"p\":\"x\"},\"size\":7,\"dataChange\":false}}"
        .formatted(path);
  }

  private ReadableTable commit(List<String> lines) throws IOException {
    Files.write(fixture.commit(1), lines);
    return new DeltaReadableTables(new HadoopFileSystems(Map.of()))
        .open(fixture.location())
        .orElseThrow();
  }

  private static List<String> changes(ReadableTable table, Commit.Reading reading)
      throws IOException {
    return GoldenTable.fileChanges(table, 1, reading).stream()
        .map(change -> ((FileAction) change.action()).rows() + " " + change.path())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, CommitFiles.MAX_KEPT})
  void derivesTheSameOfFewFilesAndOfMany(int files) throws IOException {
    List<String> lines = new ArrayList<>();
    List<String> deletes = new ArrayList<>();
    List<String> inserts = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      lines.add(add("new-" + i, "\"dataChange\":true"));
      lines.add(remove("old-" + i, "\"dataChange\":true"));
      inserts.add(Rows.PRESENT + " new-" + i);
      deletes.add(Rows.REMOVED + " old-" + i);
    }
    lines.add(add("grown", "\"dataChange\":true," + VECTOR));
    lines.add(remove("grown", "\"dataChange\":true"));
    deletes.add(Rows.NEWLY_DELETED + " grown");
    lines.add(remove("shrunk", "\"dataChange\":true," + VECTOR));
    lines.add(add("shrunk", "\"dataChange\":true"));
    inserts.add(Rows.RESTORED + " shrunk");
    lines.add(add("compacted", "\"dataChange\":false"));
    lines.add(remove("compacted-before", "\"dataChange\":false"));

    ReadableTable table = commit(lines);

    List<String> all = new ArrayList<>(deletes);
    all.addAll(inserts);
    assertThat(changes(table, Commit.Reading.CHANGES)).isEqualTo(all);
    assertThat(changes(table, Commit.Reading.APPENDS))
        .isEqualTo(inserts.subList(0, inserts.size() - 1));
    try (CommitStream commits = table.commits(1, 1)) {
      Commit.Summary summary = commits.next().orElseThrow().summary();
      assertThat(summary)
          .isEqualTo(new Commit.Summary(files + 2, (files + 2) * 7L, files + 2, 0, 2, false, null));
    }
  }

  @Test
  void changesAreReadAsOftenAsWanted() throws IOException {
    ReadableTable table = commit(List.of(add("a", "\"dataChange\":true")));
    try (CommitStream commits = table.commits(1, 1)) {
      Commit commit = commits.next().orElseThrow();
      for (int i = 0; i < 2; i++) {
        try (ChangeStream changes = commit.changes(Commit.Reading.CHANGES)) {
          assertThat(changes.next().orElseThrow().index()).isZero();
          assertThat(changes.next()).isEmpty();
          assertThat(changes.next()).isEmpty();
        }
      }
    }
  }

  @Test
  void changeFilesReplaceWhatAddsAndRemovesAmountTo() throws IOException {
    ReadableTable table =
        commit(
            List.of(
                add("a", "\"dataChange\":true"),
                remove("b", "\"dataChange\":true"),
                changeFile("_change_data/c"),
                changeFile("_change_data/d")));
    assertThat(changes(table, Commit.Reading.CHANGES))
        .containsExactly(
            Rows.FEED_GONE + " _change_data/c",
            Rows.FEED_GONE + " _change_data/d",
            Rows.FEED_THERE + " _change_data/c",
            Rows.FEED_THERE + " _change_data/d");
    assertThat(changes(table, Commit.Reading.APPENDS)).containsExactly(Rows.PRESENT + " a");
  }

  @Test
  void aFileRemovedWithoutItsPartitionIsAnError() throws IOException {
    ReadableTable table = commit(List.of("{\"remove\":{\"path\":\"old\",\"dataChange\":true}}"));
    FileChange change = GoldenTable.fileChanges(table, 1, Commit.Reading.CHANGES).get(0);
    assertThatThrownBy(() -> table.rows(table.at(1), change, 0))
        .hasMessageStartingWith("TM-216 Cannot read the deleted rows of version 1")
        .hasMessageContaining("old");
  }

  @Test
  void aPartitionValueThatIsNoneOfItsTypeIsAnErrorWithoutTheValue() throws IOException {
    fixture.foreignSchema(
        text ->
            text.replace(
                "\"name\":\"p\",\"type\":\"string\"", "\"name\":\"p\",\"type\":\"integer\""));
    fixture.file("a b.parquet", Map.of(), "id", 1);
    Files.write(fixture.commit(2), List.of(add("a%20b.parquet", "\"dataChange\":true")));
    ReadableTable table =
        new DeltaReadableTables(new HadoopFileSystems(Map.of()))
            .open(fixture.location())
            .orElseThrow();
    FileChange change = GoldenTable.fileChanges(table, 2, Commit.Reading.CHANGES).get(0);
    assertThatThrownBy(() -> table.rows(table.at(2), change, 0))
        .hasMessageStartingWith("TM-215")
        .hasMessageContaining("partition column p is not a valid integer")
        .hasMessageNotContaining("\"x\"");
  }

  @Test
  void readsFilesThatTheLogNamesByTheirWholeAddress() throws IOException {
    TableFixture elsewhere = new TableFixture(directory.resolve("else where"));
    elsewhere.file("f#1.parquet", Map.of(), "id", 5, 6);
    String address = elsewhere.root().resolve("f#1.parquet").toUri().toString();
    long bytes = Files.size(elsewhere.root().resolve("f#1.parquet"));
    ReadableTable table =
        commit(List.of(add(address, "\"dataChange\":true").replace(":7,", ":" + bytes + ",")));
    List<Object> ids = new ArrayList<>();
    FileChange change = GoldenTable.fileChanges(table, 1, Commit.Reading.APPENDS).get(0);
    try (FileRows rows = table.rows(table.at(1), change, 0)) {
      while (rows.next()) {
        ids.add(rows.value().get("id"));
        assertThat(rows.value().get("p")).isEqualTo("x");
      }
    }
    assertThat(ids).containsExactly(5L, 6L);
  }
}
