package io.tidemark.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.DeltaTables;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a table is made, and where not. */
class NewTablesTest {

  private static final TableSchema SCHEMA =
      new TableSchema(
          new ColumnType.Struct(List.of(new Column("id", ColumnType.Primitive.INTEGER, true))),
          List.of());

  @TempDir private Path directory;
  private final DataFileStore store = new DataFileStore(new HadoopFileSystems(Map.of()));
  private final Tables delta = new DeltaTables(new HadoopFileSystems(Map.of()), "test");

  @Test
  void makesOneWhereThereIsNothing() throws IOException {
    Path table = directory.resolve("a/b");
    assertThat(tables(false).create(table.toString(), SCHEMA, Map.of()).id()).isNotEmpty();
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThat(tables(false).create("file:" + empty, SCHEMA, Map.of()).id()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_tidemark/orders/metadata", ".DS_Store", "_SUCCESS"})
  void doesNotMindWhatDeltaDoesNotTakeForData(String name) throws IOException {
    file(name);
    assertThat(tables(false).create(directory.toString(), SCHEMA, Map.of()).id()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"part-0.snappy.parquet", "notes.txt", "country=DE/part-0.parquet"})
  void refusesToMakeOneAmongFilesOfOthers(String name) throws IOException {
    file(name);
    assertThatThrownBy(() -> tables(false).create(directory.toString(), SCHEMA, Map.of()))
        .hasMessageContainingAll(
            "TM-246",
            directory.toString(),
            Path.of(name).getName(0).toString(),
            "table.create.among.files=true");
    assertThat(directory.resolve("_delta_log")).doesNotExist();
    assertThat(tables(true).create(directory.toString(), SCHEMA, Map.of()).id()).isNotEmpty();
  }

  @Test
  void takesTheTableThatAnotherTaskHasJustMade() throws IOException {
    Table first = delta.create(directory.toString(), SCHEMA, Map.of());
    file("part-0.parquet");
    assertThat(tables(false).create(directory.toString(), SCHEMA, Map.of()).id())
        .isEqualTo(first.id());
  }

  @Test
  void makesNoneWhereBatchesHaveGoneToOne() {
    NewTables tables =
        new NewTables(
            delta,
            location -> {
              throw new IllegalStateException("dropped " + location);
            },
            store,
            true);
    assertThatThrownBy(() -> tables.create(directory.toString(), SCHEMA, Map.of()))
        .hasMessage("dropped " + directory);
    assertThat(directory).isEmptyDirectory();
  }

  private NewTables tables(boolean amongFiles) {
    return new NewTables(delta, location -> {}, store, amongFiles);
  }

  private void file(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
  }
}
