package io.tidemark.delta.table;

import static io.tidemark.delta.table.TableFixture.id;
import static io.tidemark.delta.table.TableFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.common.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that a version of a table names must not be deleted. */
class NamedFilesTest {

  private static final String NOBODYS = "part-00000-00000001-0000-5f1c2a9b-000000-00000.parquet";

  @TempDir private Path directory;

  @Test
  void knowsWhatCommitsAndTheNewestVersionName() throws IOException {
    TableFixture fixture = new TableFixture(directory.resolve("t"));
    Table table = TableFixture.tables().create(fixture.location(), schema(id()), Map.of());
    Map<Long, String> paths = new HashMap<>();
    for (long batch = 0; batch < 13; batch++) {
      DataFile file = fixture.fake();
      paths.put(batch, file.path());
      table.append(fixture.append("q", batch, file));
      table.maintain();
    }
    Set<String> asked = new TreeSet<>(paths.values());
    asked.add(NOBODYS);
    assertThat(table.named(asked, 0)).containsExactlyInAnyOrderElementsOf(paths.values());
    assertThat(table.named(Set.of(NOBODYS), 0)).isEmpty();
    assertThat(table.named(Set.of("day=1/" + paths.get(3L)), 0)).as("by its name").hasSize(1);

    // Older commits are gone, or too old to be looked at: the newest version still tells.
    for (long version = 0; version < 10; version++) {
      Files.delete(fixture.commit(version));
    }
    assertThat(table.named(asked, 0)).hasSize(13);
    Files.setLastModifiedTime(fixture.commit(13), FileTime.fromMillis(0));
    Table again = TableFixture.tables().open(fixture.location()).orElseThrow();
    assertThat(again.named(asked, System.currentTimeMillis())).hasSize(13);
  }

  /** Older versions still need the removed file. */
  @Test
  void knowsWhatAVersionHasRemoved() throws IOException {
    TableFixture fixture = new TableFixture(directory.resolve("t"));
    Table table = TableFixture.tables().create(fixture.location(), schema(id()), Map.of());
    DataFile file = fixture.fake();
    table.append(fixture.append("q", 0, file));
    ObjectNode remove = TableFixture.JSON.createObjectNode();
    remove.put("path", file.path()).put("deletionTimestamp", 1).put("dataChange", true);
    fixture.foreign(Map.of("remove", remove));
    assertThat(table.named(Set.of(file.path()), 0)).hasSize(1);
  }
}
