package io.tidemark.delta.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.delta.table.CountingFileSystem;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.TableFixture;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many operations of the file system it costs to follow a table. */
class ReadCostTest {

  private static final Map<String, String> COUNTING =
      Map.of(
          "fs.file.impl", CountingFileSystem.class.getName(), "fs.file.impl.disable.cache", "true");

  @Test
  void followingATableCostsTheSameWhateverTheLengthOfItsLog(@TempDir Path directory)
      throws IOException {
    TableFixture fixture = new TableFixture(directory);
    Table written =
        TableFixture.tables()
            .create(fixture.location(), TableFixture.schema(TableFixture.id()), Map.of());
    ReadableTable table =
        new DeltaReadableTables(new HadoopFileSystems(COUNTING))
            .open(fixture.location())
            .orElseThrow();
    for (int batch = 0; batch < 20; batch++) {
      CountingFileSystem.take();
      table.newest();
      assertThat(CountingFileSystem.take()).as("nothing new").isEqualTo(Map.of("status json", 2));
      written.append(fixture.append("q", batch, fixture.file("f" + batch, Map.of(), "id", batch)));
      CountingFileSystem.take();
      long newest = table.newest();
      assertThat(CountingFileSystem.take()).as("one commit").isEqualTo(Map.of("status json", 3));
      try (CommitStream commits = table.commits(newest, newest)) {
        Commit commit = commits.next().orElseThrow();
        commit.summary();
        table.at(newest);
        try (ChangeStream changes = commit.changes(Commit.Reading.CHANGES)) {
          assertThat(changes.next()).isPresent();
          assertThat(changes.next()).isEqualTo(Optional.empty());
        }
      }
      Map<String, Integer> read = CountingFileSystem.take();
      // The local file system looks once more itself when it opens a file.
      assertThat(read.get("status json")).as("look-ups of a commit").isEqualTo(2);
      assertThat(read.get("open json")).as("reads of a commit").isEqualTo(1);
      assertThat(read).doesNotContainKey("list _delta_log");
    }
  }
}
