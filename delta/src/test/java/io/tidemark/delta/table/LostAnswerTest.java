package io.tidemark.delta.table;

import static io.tidemark.delta.table.TableFixture.id;
import static io.tidemark.delta.table.TableFixture.schema;
import static io.tidemark.delta.table.TableFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.table.AppendResult.Committed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostAnswerTest {

  @TempDir Path directory;
  private final FaultyFiles files = new FaultyFiles();
  private final DeltaTables tables = new DeltaTables(files, "test");
  private TableFixture fixture;
  private Table table;

  @BeforeEach
  void create() throws IOException {
    fixture = new TableFixture(directory.resolve("t"));
    table = tables.create(fixture.location(), schema(id()), Map.of());
  }

  @Test
  void commitsOnceAndKnowsItsOwnVersionWhenTheAnswerWasLost() throws IOException {
    table.append(fixture.append("q", 0, fixture.fake()));
    files.answersToLose = 1;
    assertThat(table.append(fixture.append("q", 1, fixture.fake()))).isEqualTo(new Committed(2));
    assertThat(table.append(fixture.append("q", 2, fixture.fake()))).isEqualTo(new Committed(3));
    assertThat(fixture.newest()).isEqualTo(3);
  }

  @Test
  void retriesWhenTheWriteItselfFailed() throws IOException {
    files.writesToFail = 2;
    assertThat(table.append(fixture.append("q", 0, fixture.fake()))).isEqualTo(new Committed(1));
    assertThat(fixture.newest()).isEqualTo(1);
  }

  @Test
  void retriesOnTheNextVersionWhenTheWriteFailedAndAnotherWriterTookTheVersion()
      throws IOException {
    Table other = TableFixture.tables().open(fixture.location()).orElseThrow();
    files.answersToLose = 1;
    table.append(fixture.append("q", 0, fixture.fake()));
    other.append(fixture.append("r", 0, fixture.fake()));
    files.answersToLose = 1;
    assertThat(table.append(fixture.append("q", 1, fixture.fake()))).isEqualTo(new Committed(3));
    assertThat(fixture.newest()).isEqualTo(3);
  }

  @Test
  void reportsAFileSystemThatKeepsFailing() throws IOException {
    files.writesToFail = Integer.MAX_VALUE;
    assertThatThrownBy(() -> table.append(fixture.append("q", 0, fixture.fake())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("batch 0")
        .hasMessageContaining(fixture.location());
    files.writesToFail = 0;
    assertThat(table.lastTransaction("q")).isEmpty();
  }

  @Test
  void addsColumnsOnceWhenTheAnswerWasLost() throws IOException {
    files.answersToLose = 1;
    assertThat(table.evolve(new ColumnType.Struct(List.of(text("note")))))
        .isEqualTo(schema(id(), text("note")));
    assertThat(fixture.newest()).isEqualTo(1);
  }

  @Test
  void createsOnceWhenTheAnswerWasLost() throws IOException {
    TableFixture second = new TableFixture(directory.resolve("second"));
    files.answersToLose = 1;
    Table created = tables.create(second.location(), schema(id()), Map.of());
    assertThat(created.append(second.append("q", 0, second.fake()))).isEqualTo(new Committed(1));
  }
}
