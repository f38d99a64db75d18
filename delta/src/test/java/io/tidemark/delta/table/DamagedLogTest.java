package io.tidemark.delta.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.table.AppendResult.Committed;
import io.tidemark.delta.table.DamagedLogs.Damage;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A damaged log is an error with a code; a log that cannot be read is read again. */
class DamagedLogTest {

  @TempDir Path directory;
  private TableFixture fixture;
  private Table table;

  @BeforeEach
  void create() throws IOException {
    fixture = new TableFixture(directory.resolve("t"));
    table =
        new DeltaTables(new HadoopFileSystems(FailingFileSystem.CONF), "Tidemark/test")
            .create(
                fixture.location(),
                TableFixture.schema(TableFixture.id(), TableFixture.text("note")),
                Map.of());
  }

  @ParameterizedTest
  @MethodSource("io.tidemark.delta.table.DamagedLogs#ofTables")
  void saysThatTheTableCannotBeRead(Damage damage) throws IOException {
    damage.to(fixture.commit(0));
    assertThat(DamagedLogs.failure(() -> TableFixture.tables().open(fixture.location())))
        .hasValueSatisfying(e -> assertThat(e).hasMessageContaining(fixture.location()));
  }

  @Test
  void saysWhatTheLogLacks() throws IOException {
    List<String> messages = new ArrayList<>();
    for (Damage damage : DamagedLogs.ofTables().toList()) {
      TableFixture other = new TableFixture(directory.resolve("of " + damage));
      TableFixture.tables()
          .create(other.location(), TableFixture.schema(TableFixture.id()), Map.of());
      damage.to(other.commit(0));
      DamagedLogs.failure(() -> TableFixture.tables().open(other.location()))
          .ifPresent(e -> messages.add(e.getMessage()));
    }
    assertThat(messages)
        .anyMatch(text -> text.contains("No metadata found at version 0."))
        .anyMatch(text -> text.contains("No protocol found at version 0."))
        .anyMatch(text -> text.contains("key schemaString is null"))
        .anyMatch(text -> text.contains("a line is not JSON."));
  }

  /** The damage is in the newest commit, and then in a commit before it. */
  @ParameterizedTest
  @MethodSource("io.tidemark.delta.table.DamagedLogs#ofCommits")
  void everyFailureOverAnotherWritersCommitHasACode(String commit) throws IOException {
    table.append(fixture.append("q", 0, fixture.fake()));
    Files.writeString(fixture.commit(2), commit);
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("named", () -> table.named(Set.of("none.parquet"), 0));
    calls.put("lastBatch", () -> table.lastBatch("q", 0));
    calls.put("lastBatch of another query", () -> table.lastBatch("other", 0));
    calls.put("otherQueries", () -> table.otherQueries("other"));
    calls.put("lastTransaction", () -> table.lastTransaction("other"));
    calls.put("append", () -> table.append(fixture.append("q", 1, fixture.fake())));
    calls.put("append again", () -> table.append(fixture.append("q", 1, fixture.fake())));
    calls.put("refresh", table::refresh);
    calls.put(
        "evolve",
        () ->
            table.evolve(
                new ColumnType.Struct(
                    List.of(new io.tidemark.delta.schema.Column("n", Primitive.LONG, true)))));
    calls.put("open", () -> TableFixture.tables().open(fixture.location()));
    calls.put("maintain", table::maintain);
    long failed =
        calls.entrySet().stream()
            .filter(call -> DamagedLogs.failure(call.getValue()).isPresent())
            .count();
    // The commit info of a commit without the transaction of the query is not read.
    assertThat(failed).matches(n -> n > 0 || commit.contains("commitInfo"));
  }

  /** The other writer commits the next version while our commit is on its way. */
  @ParameterizedTest
  @MethodSource("io.tidemark.delta.table.DamagedLogs#ofCommits")
  void everyFailureOverALostRaceHasACode(String commit) throws IOException {
    table.append(fixture.append("q", 0, fixture.fake()));
    FaultyFiles files = new FaultyFiles();
    files.overtake(fixture.commit(2), commit);
    Table racing = new DeltaTables(files, "Tidemark/test").open(fixture.location()).orElseThrow();
    DamagedLogs.failure(() -> racing.append(fixture.append("q", 1, fixture.fake())));
    assertThat(fixture.commit(2)).hasContent(commit);
  }

  @Test
  void readsAnotherWritersCommitAgainWhenThatFailed() throws IOException {
    table.append(fixture.append("q", 0, fixture.fake()));
    Files.writeString(fixture.commit(2), DamagedLogs.ADD.repeat(3000));
    Files.delete(fixture.log().resolve("00000000000000000001.crc"));
    FailingFileSystem.fail(fixture.commit(2), 1);
    assertThatThrownBy(() -> table.append(fixture.append("q", 1, fixture.fake())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(fixture.location())
        .hasMessageContaining("00000000000000000002.json")
        .hasMessageContaining("connection reset");
    assertThat(table.append(fixture.append("q", 1, fixture.fake()))).isEqualTo(new Committed(3));
  }

  @Test
  void everyWayThroughACommitIsTriedAgain() throws IOException {
    table.append(fixture.append("q", 0, fixture.fake()));
    Files.writeString(fixture.commit(2), DamagedLogs.ADD.repeat(3000));
    Files.delete(fixture.log().resolve("00000000000000000001.crc"));
    table.refresh();
    Map<String, ThrowingCallable> calls =
        Map.of(
            "named", () -> table.named(Set.of("none.parquet"), 0),
            "lastBatch", () -> table.lastBatch("q", 0),
            "otherQueries", () -> table.otherQueries("other"),
            "lastTransaction", () -> table.lastTransaction("unknown"),
            "open", () -> opened());
    for (var call : calls.entrySet()) {
      FailingFileSystem.fail(fixture.commit(2), 1);
      assertThat(catchThrowable(call.getValue()))
          .as(call.getKey())
          .isInstanceOf(IOException.class)
          .hasStackTraceContaining("connection reset");
      assertThat(FailingFileSystem.left()).isZero();
      assertThat(DamagedLogs.failure(call.getValue())).isEmpty();
    }
  }

  private Table opened() throws IOException {
    return new DeltaTables(new HadoopFileSystems(FailingFileSystem.CONF), "Tidemark/test")
        .open(fixture.location())
        .orElseThrow();
  }
}
