package io.tidemark.delta.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.TableFixture;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that we wrote, while they grow, lose files and are dropped. */
class ReadableTableTest {

  @TempDir Path directory;

  private TableFixture fixture;
  private Table written;

  @BeforeEach
  void create() throws IOException {
    fixture = new TableFixture(directory.resolve("orders"));
    written = create(Map.of());
  }

  private Table create(Map<String, String> properties) throws IOException {
    return TableFixture.tables()
        .create(
            fixture.location(),
            TableFixture.schema(TableFixture.id(), TableFixture.text("name")),
            properties);
  }

  private ReadableTable open() throws IOException {
    return new DeltaReadableTables(new HadoopFileSystems(Map.of()))
        .open(fixture.location())
        .orElseThrow();
  }

  private void append(long batch, long... ids) throws IOException {
    written.append(
        fixture.append("q", batch, fixture.file("f" + batch + ".parquet", Map.of(), "id", ids)));
  }

  @Test
  void thereIsNoTableInAnEmptyDirectory() throws IOException {
    assertThat(
            new DeltaReadableTables(new HadoopFileSystems(Map.of()))
                .open(directory.resolve("none").toString()))
        .isEmpty();
  }

  @Test
  void readsWhatIsAppendedCommitByCommit() throws IOException {
    ReadableTable table = open();
    assertThat(table.newest()).isZero();
    append(0, 1, 2, 3);
    append(1, 4);
    assertThat(table.newest()).isEqualTo(2);
    List<Long> ids = new ArrayList<>();
    try (CommitStream commits = table.commits(1, 2)) {
      for (Optional<Commit> commit = commits.next(); commit.isPresent(); commit = commits.next()) {
        assertThat(commit.get().operation()).isEqualTo("STREAMING UPDATE");
        assertThat(commit.get().summary().addedFiles()).isOne();
        assertThat(commit.get().summary().changesMetadata()).isFalse();
        ids.addAll(ids(table, commit.get()));
      }
    }
    assertThat(ids).containsExactly(1L, 2L, 3L, 4L);
  }

  private static List<Long> ids(ReadableTable table, Commit commit) throws IOException {
    List<Long> ids = new ArrayList<>();
    TableState state = table.at(commit.version());
    try (ChangeStream changes = commit.changes(Commit.Reading.APPENDS)) {
      for (var change = changes.next(); change.isPresent(); change = changes.next()) {
        try (FileRows rows = table.rows(state, change.get(), 0)) {
          while (rows.next()) {
            assertThat(rows.changeType()).isEqualTo(ChangeType.INSERT);
            assertThat(rows.value().schema()).isSameAs(state.rowSchema());
            assertThat(rows.value().get("name")).isNull();
            ids.add(rows.value().getInt64("id"));
          }
        }
      }
    }
    return ids;
  }

  @Test
  void readsOnlyTheColumnsThatAreWanted() throws IOException {
    written.append(fixture.append("q", 0, fixture.file("odd.parquet", Map.of(), "name", 1L, 2L)));
    append(1, 3);
    ReadableTable table = open();
    TableState state = table.at(table.newest());
    List<TableFile> files =
        table.files(state.version(), path -> true, Optional.empty(), 10).files();
    // The column is a text in the table and a number in this file: reading the column fails.
    assertThatThrownBy(() -> readAll(table, state, files)).isInstanceOf(TidemarkException.class);
    TableState narrow = state.only(Set.of("id"));
    assertThat(narrow.rowSchema().name()).isEqualTo("orders");
    List<Struct> rows = readAll(table, narrow, files);
    assertThat(rows).extracting(row -> row.get("id")).containsExactlyInAnyOrder(null, null, 3L);
    assertThat(rows.get(0).schema().fields()).hasSize(1);
  }

  private static List<Struct> readAll(ReadableTable table, TableState state, List<TableFile> files)
      throws IOException {
    List<Struct> rows = new ArrayList<>();
    for (TableFile file : files) {
      try (FileRows values = table.rows(state, file, 0)) {
        while (values.next()) {
          rows.add(values.value());
        }
      }
    }
    return rows;
  }

  @Test
  void rowsAreNamedAfterTheTable() throws IOException {
    assertThat(open().at(0).rowSchema().name()).isEqualTo("orders");
  }

  @Test
  void keepsTheStateOfACommitThatChangesNothingOfIt() throws IOException {
    append(0, 1);
    append(1, 2);
    ReadableTable table = open();
    assertThat(table.at(1).rowSchema()).isEqualTo(table.at(2).rowSchema());
    assertThat(table.at(1).version()).isOne();
  }

  @Test
  void aColumnThatIsAddedChangesTheSchemaFromItsVersionOn() throws IOException {
    append(0, 1);
    ReadableTable table = open();
    fixture.foreignSchema(text -> text.replace("\"name\":\"name\"", "\"name\":\"other\""));
    assertThat(table.newest()).isEqualTo(2);
    assertThat(table.at(1).rowSchema().field("name")).isNotNull();
    assertThat(table.at(2).rowSchema().field("name")).isNull();
    assertThat(table.at(2).rowSchema().field("other")).isNotNull();
  }

  @Test
  void sharesFilesOutByPath() throws IOException {
    append(0, 1);
    append(1, 2);
    append(2, 3);
    List<TableFile> files =
        open().files(3, path -> !path.equals("f1.parquet"), Optional.empty(), 10).files();
    assertThat(files)
        .extracting(TableFile::path)
        .containsExactlyInAnyOrder("f0.parquet", "f2.parquet");
    assertThat(files).allSatisfy(file -> assertThat(file.rows()).hasValue(1));
  }

  @Test
  void aTableThatIsGoneIsAnError() throws IOException {
    append(0, 1);
    ReadableTable table = open();
    delete(fixture.root());
    assertThatThrownBy(table::newest)
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("TM-220 Table " + fixture.location())
        .hasMessageContaining("version 1");
  }

  @Test
  void aTableThatIsRecreatedHasAnotherId() throws IOException {
    append(0, 1);
    ReadableTable table = open();
    String before = table.id();
    assertThat(table.newest()).isOne();
    delete(fixture.root());
    written = create(Map.of());
    append(0, 1);
    append(1, 2);
    assertThat(table.newest()).isEqualTo(2);
    assertThat(table.id()).isNotEqualTo(before).isEqualTo(table.at(2).tableId());
  }

  @Test
  void aFileThatIsGoneIsNamed() throws IOException {
    append(0, 1);
    ReadableTable table = open();
    Files.delete(fixture.root().resolve("f0.parquet"));
    TableFile file = table.files(1, path -> true, Optional.empty(), 1).files().get(0);
    assertThatThrownBy(() -> table.rows(table.at(1), file, 0))
        .isInstanceOfSatisfying(
            MissingFileException.class,
            missing -> {
              assertThat(missing.path()).isEqualTo("f0.parquet");
              assertThat(missing.version()).isOne();
            });
  }

  @Test
  void aFileThatIsDamagedIsAnErrorThatNamesIt() throws IOException {
    append(0, 1);
    Path file = fixture.root().resolve("f0.parquet");
    Files.deleteIfExists(fixture.root().resolve(".f0.parquet.crc"));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    ReadableTable table = open();
    TableFile action = table.files(1, path -> true, Optional.empty(), 1).files().get(0);
    assertThatThrownBy(() -> table.rows(table.at(1), action, 0))
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("TM-215 Cannot read file f0.parquet of version 1");
  }

  @Test
  void aVersionBeforeTheLogIsMissingWithTheEarliestOne() throws IOException {
    written = TableFixture.tables().open(fixture.location()).orElseThrow();
    for (int i = 0; i < 12; i++) {
      append(i, i);
    }
    written.maintain();
    for (int version = 0; version < 10; version++) {
      Files.delete(fixture.commit(version));
    }
    ReadableTable table = open();
    assertThat(table.earliestCommit()).isEqualTo(10);
    assertThatThrownBy(() -> table.at(5))
        .isInstanceOfSatisfying(MissingVersionException.class, this::isTold);
    assertThatThrownBy(() -> table.files(5, path -> true, Optional.empty(), 1))
        .isInstanceOfSatisfying(MissingVersionException.class, this::isTold);
    assertThatThrownBy(() -> table.commits(5, 12).next())
        .isInstanceOfSatisfying(MissingVersionException.class, this::isTold);
    assertThat(table.files(12, path -> true, Optional.empty(), 100).files()).hasSize(12);
  }

  private void isTold(MissingVersionException missing) {
    assertThat(missing.version()).isEqualTo(5);
    assertThat(missing.earliest()).isEqualTo(10);
  }

  /** A log that was cleaned by hand: commits from 6 on, the table checkpoint at 12 alone. */
  @Test
  void readsCommitsBeforeTheFirstTableCheckpoint() throws IOException {
    for (int i = 0; i < 12; i++) {
      append(i, i);
    }
    written.maintain();
    for (int version = 0; version < 6; version++) {
      Files.delete(fixture.commit(version));
    }
    ReadableTable table = open();
    assertThat(table.earliestCommit()).isEqualTo(6);
    List<Long> ids = new ArrayList<>();
    try (CommitStream commits = table.commits(6, 12)) {
      for (Optional<Commit> commit = commits.next(); commit.isPresent(); commit = commits.next()) {
        ids.addAll(ids(table, commit.get()));
      }
    }
    assertThat(ids).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L);
    assertThatThrownBy(() -> table.at(5)).isInstanceOf(MissingVersionException.class);
  }

  @Test
  void tellsFromWhichVersionOnTheColumnsAreKnown() throws IOException {
    for (int i = 0; i < 7; i++) {
      append(i, i);
    }
    fixture.foreignSchema(text -> text.replace("\"name\":\"name\"", "\"name\":\"other\""));
    written = TableFixture.tables().open(fixture.location()).orElseThrow();
    for (int i = 7; i < 12; i++) {
      append(i, i);
    }
    written.maintain();
    for (int version = 0; version < 6; version++) {
      Files.delete(fixture.commit(version));
    }
    ReadableTable table = open();
    assertThatThrownBy(() -> table.at(6))
        .isInstanceOfSatisfying(
            MissingVersionException.class,
            missing -> {
              assertThat(missing.areColumnsUnknown()).isTrue();
              assertThat(missing.version()).isEqualTo(6);
              assertThat(missing.earliest()).isEqualTo(8);
            });
    assertThat(table.at(8).rowSchema().field("other")).isNotNull();
    assertThat(table.at(9).rowSchema().field("other")).isNotNull();
  }

  @Test
  void aCommitThatTakesThePlaceOfAnotherHasAnotherMark() throws IOException {
    append(0, 1);
    append(1, 2);
    ReadableTable table = open();
    assertThat(table.mark(3)).isEmpty();
    Optional<String> first = table.mark(1);
    Optional<String> second = table.mark(2);
    assertThat(second).isPresent().isNotEqualTo(first).isEqualTo(open().mark(2));
    byte[] before = Files.readAllBytes(fixture.commit(2));
    Files.write(fixture.commit(2), before);
    assertThat(table.mark(2)).as("written again as it was").isEqualTo(second);
    Files.delete(fixture.commit(2));
    assertThat(table.mark(2)).isEmpty();
    String other = new String(before, java.nio.charset.StandardCharsets.UTF_8);
    Files.writeString(fixture.commit(2), other.replace("\"timestamp\":1", "\"timestamp\":2"));
    assertThat(table.mark(1)).isEqualTo(first);
    assertThat(table.mark(2)).isPresent().isNotEqualTo(second).isEqualTo(open().mark(2));
  }

  /** Only the ends of large commits are read. */
  @Test
  void marksOfLargeCommitsDifferAtEitherEnd() throws IOException {
    ReadableTable table = open();
    String middle = "{\"add\":{}}\n".repeat(20_000);
    Set<Optional<String>> marks = new java.util.HashSet<>();
    for (String commit :
        List.of("a" + middle + "a", "b" + middle + "a", "a" + middle + "b", middle + "a")) {
      Files.writeString(fixture.commit(1), commit);
      Files.setLastModifiedTime(
          fixture.commit(1), java.nio.file.attribute.FileTime.fromMillis(marks.size() * 5000L));
      marks.add(table.mark(1));
    }
    assertThat(marks).hasSize(4);
  }

  @Test
  void aLineThatIsNotJsonIsAnErrorWithoutTheLine() throws IOException {
    ReadableTable table = open();
    Files.writeString(fixture.commit(1), "{\"add\":{\"path\":\"secret\n");
    assertThat(table.newest()).isOne();
    assertThatThrownBy(() -> table.commits(1, 1).next())
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("TM-212")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesFeaturesThatItDoesNotKnowByName() throws IOException {
    var protocol = TableFixture.JSON.createObjectNode();
    protocol.put("minReaderVersion", 3).put("minWriterVersion", 7);
    protocol.putArray("readerFeatures").add("fromTheFuture");
    protocol.putArray("writerFeatures").add("fromTheFuture");
    ReadableTable table = open();
    fixture.foreign(Map.of("protocol", protocol));
    assertThat(table.newest()).isOne();
    assertThatThrownBy(() -> table.at(1))
        .hasMessageStartingWith("TM-214")
        .hasMessageContaining("fromTheFuture");
    assertThatThrownBy(() -> table.commits(1, 1).next()).hasMessageStartingWith("TM-214");
    assertThatThrownBy(this::open)
        .hasMessageStartingWith("TM-214")
        .hasMessageContaining("fromTheFuture");
  }

  @Test
  void refusesTypesThatItCannotReadByColumn() throws IOException {
    fixture.foreignSchema(text -> text.replace("\"string\"", "\"variant\""));
    assertThatThrownBy(this::open)
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("TM-213 Cannot read table")
        .hasMessageContaining("column name has type variant");
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
