package io.tidemark.delta.table;

import static io.tidemark.delta.table.TableFixture.id;
import static io.tidemark.delta.table.TableFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.DataFile;
import io.tidemark.delta.table.AppendResult.Committed;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceTest {

  @TempDir Path directory;
  private TableFixture fixture;
  private final DeltaTables tables =
      new DeltaTables(
          new HadoopFileSystems(
              Map.of(
                  "fs.file.impl",
                  CountingFileSystem.class.getName(),
                  "fs.file.impl.disable.cache",
                  "true")),
          "test");

  @BeforeEach
  void locate() {
    fixture = new TableFixture(directory.resolve("t"));
  }

  @Test
  void writesATableCheckpointEachTimeTheIntervalIsFull() throws IOException {
    Table table = tables.create(fixture.location(), schema(id()), Map.of());
    for (int batch = 0; batch < 25; batch++) {
      table.append(fixture.append("q", batch, fixture.fake()));
      table.maintain();
    }
    assertThat(checkpoint(10)).exists();
    assertThat(checkpoint(20)).exists();
    try (var files = Files.list(fixture.log())) {
      assertThat(files.filter(file -> file.toString().endsWith(".parquet"))).hasSize(2);
    }
    assertThat(Files.readString(fixture.log().resolve("_last_checkpoint")))
        .contains("\"version\":20");
    assertThat(tables.open(fixture.location()).orElseThrow().lastTransaction("q")).hasValue(24);
  }

  /** Each table checkpoint names every file: in a large table it must not come as often. */
  @ParameterizedTest
  @CsvSource({"'', 30", "delta.checkpointInterval, 10"})
  void writesATableCheckpointLessOftenTheMoreFilesTheTableHasUnlessItSaysHowOften(
      String property, int interval) throws IOException {
    Map<String, String> properties = property.isEmpty() ? Map.of() : Map.of(property, "10");
    Table table = tables.create(fixture.location(), schema(id()), properties);
    DataFile[] many = new DataFile[3_000];
    Arrays.setAll(many, i -> fixture.fake());
    for (int batch = 0; batch < interval; batch++) {
      table.append(batch == 0 ? fixture.append("q", 0, many) : fixture.append("q", batch));
      table.maintain();
      assertThat(Files.exists(checkpoint(batch + 1))).isEqualTo(batch + 1 == interval);
    }
  }

  @Test
  void catchesUpWhenItWasNotRunForLong() throws IOException {
    Table table = tables.create(fixture.location(), schema(id()), Map.of());
    for (int batch = 0; batch < 13; batch++) {
      table.append(fixture.append("q", batch));
    }
    table.maintain();
    assertThat(checkpoint(13)).exists();
  }

  /** Half a table checkpoint would hide the files that are not in it from every reader. */
  @Test
  void publishesNoTableCheckpointWhenTheLogCannotBeReadToItsEnd() throws IOException {
    DeltaTables failing =
        new DeltaTables(new HadoopFileSystems(FailingFileSystem.CONF), "Tidemark/test");
    Table table = failing.create(fixture.location(), schema(id()), Map.of());
    for (int batch = 0; batch < 10; batch++) {
      table.append(fixture.append("q", batch, fixture.fake()));
    }
    for (int version = 0; version <= 10; version++) {
      FailingFileSystem.fail(fixture.commit(version), 1);
      assertThatThrownBy(table::maintain).isInstanceOf(IOException.class);
      assertThat(FailingFileSystem.left()).isZero();
      try (var files = Files.list(fixture.log())) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .noneMatch(name -> name.contains("checkpoint"));
      }
    }
    table.maintain();
    assertThat(checkpoint(10)).exists();
  }

  @Test
  void costsTheSameFileOperationsForEveryCommit() throws IOException {
    Table table = tables.create(fixture.location(), schema(id()), Map.of());
    Set<Map<String, Integer>> budgets = new HashSet<>();
    Set<Map<String, Integer>> idle = new HashSet<>();
    for (int batch = 0; batch < 60; batch++) {
      CountingFileSystem.take();
      table.lastTransaction("q");
      table.append(fixture.append("q", batch, fixture.fake()));
      Map<String, Integer> cost = CountingFileSystem.take();
      table.maintain();
      Map<String, Integer> maintenance = CountingFileSystem.take();
      // The first batch searches the whole log for its query; the first one after a table
      // checkpoint
      // searches the checkpoint.
      if (batch > 0 && batch % 10 != 0) {
        budgets.add(cost);
      }
      if (batch % 10 != 9) {
        idle.add(maintenance);
      }
    }
    // The newest commit is compared with what was written, for which Hadoop looks up the file
    // before
    // it opens it, and the next commit is looked up. The append itself looks at nothing.
    assertThat(budgets).containsExactly(Map.of("status json", 2, "open json", 1));
    assertThat(idle).containsExactly(Map.of());
  }

  @Test
  void followsOtherWritersWithoutReadingTheLogAgain() throws IOException {
    Table table = tables.create(fixture.location(), schema(id()), Map.of());
    Table other = TableFixture.tables().open(fixture.location()).orElseThrow();
    for (int batch = 0; batch < 9; batch++) {
      table.append(fixture.append("q", batch));
      other.append(fixture.append("r", batch));
    }
    CountingFileSystem.take();
    assertThat(table.append(fixture.append("q", 9))).isEqualTo(new Committed(19));
    assertThat(CountingFileSystem.take())
        .doesNotContainKey("list _delta_log")
        .containsEntry("open crc", 1)
        .hasEntrySatisfying("open json", opened -> assertThat(opened).isLessThanOrEqualTo(5));
  }

  @Test
  void mendsTheChainOfChecksumsAfterAWriterWithoutThem() throws IOException {
    Table table = tables.create(fixture.location(), schema(id()), Map.of());
    table.append(fixture.append("q", 0, fixture.fake()));
    fixture.foreign(
        Map.of("txn", TableFixture.JSON.createObjectNode().put("appId", "x").put("version", 1)));
    table.append(fixture.append("q", 1, fixture.fake()));
    assertThat(checksum(3)).doesNotExist();

    table.maintain();
    assertThat(checksum(3)).exists();
    assertThat(TableFixture.JSON.readTree(checksum(3).toFile()).get("numFiles").asLong())
        .isEqualTo(2);
    table.append(fixture.append("q", 2, fixture.fake()));
    assertThat(checksum(4)).exists();
    assertThat(TableFixture.JSON.readTree(checksum(4).toFile()).get("numFiles").asLong())
        .isEqualTo(3);
  }

  @Test
  void removesExpiredLogFiles() throws IOException {
    Table table =
        tables.create(
            fixture.location(),
            schema(id()),
            Map.of("delta.logRetentionDuration", "interval 0 seconds"));
    for (int batch = 0; batch < 20; batch++) {
      table.append(fixture.append("q", batch, fixture.fake()));
      table.maintain();
    }
    assertThat(fixture.commit(0)).doesNotExist();
    assertThat(fixture.commit(20)).exists();
    assertThat(table.append(fixture.append("q", 20))).isEqualTo(new Committed(21));
  }

  @Test
  void runsBesideAppends() throws Exception {
    Table table = tables.create(fixture.location(), schema(id()), Map.of());
    List<AppendResult> results = new ArrayList<>();
    Race.of(
        2,
        thread -> {
          for (int i = 0; i < 40; i++) {
            if (thread == 0) {
              results.add(table.append(fixture.append("q", i, fixture.fake())));
            } else {
              table.maintain();
            }
          }
          return null;
        });
    for (int i = 0; i < 40; i++) {
      assertThat(results.get(i)).isEqualTo(new Committed(i + 1));
    }
    Table reader = TableFixture.tables().open(fixture.location()).orElseThrow();
    assertThat(reader.lastTransaction("q")).hasValue(39);
  }

  private Path checkpoint(int version) {
    return fixture.log().resolve(String.format("%020d.checkpoint.parquet", version));
  }

  private Path checksum(int version) {
    return fixture.log().resolve(String.format("%020d.crc", version));
  }
}
