package io.tidemark.delta.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.TableFixture;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTimesTest {

  /** From this version on, golden table {@code timed} has in-commit timestamps. */
  private static final int IN_COMMIT = 2;

  @Test
  void goesByInCommitTimestampsWhereThereAreSome() throws IOException {
    GoldenTable golden = GoldenTable.of("timed");
    ReadableTable table = golden.open();
    List<GoldenTable.Version> versions =
        golden.versions().subList(IN_COMMIT, golden.versions().size());
    long newest = table.newest();
    try (CommitStream commits = table.commits(IN_COMMIT, newest)) {
      for (GoldenTable.Version version : versions) {
        long time = Instant.parse(version.timestamp()).toEpochMilli();
        assertThat(commits.next().orElseThrow().timestampMs()).isEqualTo(time);
        assertThat(table.firstVersionFrom(time)).hasValue(version.number());
        if (version.number() > IN_COMMIT) {
          assertThat(table.firstVersionFrom(time - 1)).hasValue(version.number());
        }
        if (version.number() == newest) {
          assertThat(table.firstVersionFrom(time + 1)).isEmpty();
        }
      }
    }
  }

  @Test
  void goesByTheTimesOfCommitFilesElseAsIfTheyGrew(@TempDir Path directory) throws IOException {
    TableFixture fixture = new TableFixture(directory);
    Table written =
        TableFixture.tables()
            .create(fixture.location(), TableFixture.schema(TableFixture.id()), Map.of());
    for (int batch = 0; batch < 3; batch++) {
      written.append(fixture.append("q", batch, fixture.fake()));
    }
    long[] times = {100_000, 200_000, 150_000, 300_000};
    for (int version = 0; version < times.length; version++) {
      Files.setLastModifiedTime(fixture.commit(version), FileTime.fromMillis(times[version]));
    }
    ReadableTable table =
        new DeltaReadableTables(new HadoopFileSystems(Map.of()))
            .open(fixture.location())
            .orElseThrow();
    assertThat(table.firstVersionFrom(0)).hasValue(0);
    assertThat(table.firstVersionFrom(100_000)).hasValue(0);
    assertThat(table.firstVersionFrom(100_001)).hasValue(1);
    assertThat(table.firstVersionFrom(200_000)).hasValue(1);
    assertThat(table.firstVersionFrom(200_001)).hasValue(2);
    assertThat(table.firstVersionFrom(200_002)).hasValue(3);
    assertThat(table.firstVersionFrom(300_001)).isEmpty();
  }
}
