package io.tidemark.delta.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.DamagedLogs;
import io.tidemark.delta.table.DamagedLogs.Damage;
import io.tidemark.delta.table.FailingFileSystem;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.TableFixture;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A damaged log is an error with a code; a log that cannot be read is read again. */
class DamagedTableTest {

  @TempDir Path directory;
  private TableFixture fixture;
  private Table written;

  @BeforeEach
  void create() throws IOException {
    fixture = new TableFixture(directory.resolve("t"));
    written =
        TableFixture.tables()
            .create(
                fixture.location(),
                TableFixture.schema(TableFixture.id(), TableFixture.text("note")),
                Map.of("delta.enableChangeDataFeed", "true"));
  }

  private ReadableTable open() throws IOException {
    return new DeltaReadableTables(new HadoopFileSystems(FailingFileSystem.CONF))
        .open(fixture.location())
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("io.tidemark.delta.table.DamagedLogs#ofTables")
  void saysThatTheTableCannotBeRead(Damage damage) throws IOException {
    damage.to(fixture.commit(0));
    assertThat(DamagedLogs.failure(this::open))
        .hasValueSatisfying(e -> assertThat(e).hasMessageContaining(fixture.location()));
    assertThat(
            DamagedLogs.failure(
                () ->
                    new DeltaQueryLogs(new HadoopFileSystems(Map.of()))
                        .open(fixture.location())
                        .get()
                        .columns()))
        .isPresent();
  }

  @ParameterizedTest
  @MethodSource("io.tidemark.delta.table.DamagedLogs#ofCommits")
  void everyFailureOverACommitHasACode(String commit) throws IOException {
    written.append(fixture.append("q", 0, fixture.fake()));
    ReadableTable table = open();
    QueryLog log =
        new DeltaQueryLogs(new HadoopFileSystems(Map.of())).open(fixture.location()).orElseThrow();
    Files.writeString(fixture.commit(2), commit);
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("newest", table::newest);
    calls.put("mark", () -> table.mark(2));
    calls.put("firstVersionFrom", () -> table.firstVersionFrom(0));
    calls.put("at", () -> table.at(2));
    for (Commit.Reading reading : Commit.Reading.values()) {
      calls.put("commits as " + reading, () -> changes(table, reading));
    }
    calls.put("files", () -> table.files(2, path -> true, Optional.empty(), 10));
    calls.put("files of a fresh one", () -> open().files(2, path -> true, Optional.empty(), 10));
    calls.put("query's batch", () -> log.batch(2, "q"));
    calls.put("any batch", () -> log.batch(2));
    calls.put(
        "last batch",
        () ->
            new DeltaQueryLogs(new HadoopFileSystems(Map.of()))
                .open(fixture.location())
                .get()
                .lastBatch("q"));
    long failed =
        calls.entrySet().stream()
            .filter(call -> DamagedLogs.failure(call.getValue()).isPresent())
            .count();
    assertThat(failed).isPositive();
  }

  private static int changes(ReadableTable table, Commit.Reading reading) throws IOException {
    int changes = 0;
    try (CommitStream commits = table.commits(1, 2)) {
      for (Optional<Commit> commit = commits.next(); commit.isPresent(); commit = commits.next()) {
        try (ChangeStream stream = commit.get().changes(reading)) {
          changes += drained(stream);
        }
      }
    }
    return changes;
  }

  private static int drained(ChangeStream stream) throws IOException {
    int changes = 0;
    while (stream.next().isPresent()) {
      changes++;
    }
    return changes;
  }

  /** The commit has more actions than are kept in memory, so it is read several times. */
  @Test
  void readsACommitAgainWhenThatFailed() throws IOException {
    written.append(fixture.append("q", 0, fixture.fake()));
    ReadableTable table = open();
    Files.writeString(fixture.commit(2), DamagedLogs.ADD.repeat(3000));
    Files.delete(fixture.log().resolve("00000000000000000001.crc"));
    assertThat(table.newest()).isEqualTo(2);
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("at", () -> table.at(2));
    for (Commit.Reading reading : Commit.Reading.values()) {
      calls.put("commits as " + reading, () -> changes(table, reading));
    }
    calls.put("files", () -> table.files(2, path -> true, Optional.empty(), 10));
    calls.put("open", this::open);
    calls.forEach(this::failsAndSucceeds);

    try (CommitStream commits = table.commits(2, 2);
        ChangeStream changes = commits.next().orElseThrow().changes(Commit.Reading.APPENDS)) {
      FailingFileSystem.fail(fixture.commit(2), 1);
      assertThatThrownBy(() -> drained(changes)).isInstanceOf(IOException.class);
    }
    assertThat(changes(table, Commit.Reading.APPENDS)).isEqualTo(3001);
  }

  private void failsAndSucceeds(String name, ThrowingCallable call) {
    FailingFileSystem.fail(fixture.commit(2), 1);
    assertThat(catchThrowable(call))
        .as(name)
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining("connection reset");
    assertThat(FailingFileSystem.left()).isZero();
    assertThat(DamagedLogs.failure(call)).as(name).isEmpty();
  }

  @Test
  void namesTheFileOfTheCommit() throws IOException {
    ReadableTable table = open();
    Files.writeString(fixture.commit(1), DamagedLogs.VALUE);
    assertThatThrownBy(() -> table.commits(1, 1).next())
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining(fixture.location())
        .hasMessageContaining("file 00000000000000000001.json: a line is not JSON.");
  }
}
