package io.tidemark.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that somebody deletes while the connector is down. */
class DroppedTableTest {

  private static final Map<String, Object> ORDER = Map.of("id", 1L);

  @TempDir private Path directory;
  private Path table;

  @BeforeEach
  void name() {
    table = directory.resolve("lake/orders");
  }

  @Test
  void failsTheTaskAtItsStartAndIsNotMadeAgain() throws IOException {
    Map<String, String> props = props("table.path", table);
    land(props);
    assertThat(table.resolve("_delta_log")).isNotEmptyDirectory();
    try (LocalTask again = new LocalTask(props)) {
      assertThat(again).as("while it is there").isNotNull();
    }
    delete();
    assertThatThrownBy(() -> new LocalTask(props).close())
        .hasMessageContainingAll("TM-153", table.toString());
    assertThat(table).doesNotExist();
  }

  @Test
  void failsTheTaskAtItsStartThoughAnotherIsInItsPlace() throws IOException {
    Map<String, String> props = props("table.path", table);
    land(props);
    delete();
    Map<String, String> other = new HashMap<>(props);
    other.put("checkpoint.location", directory.resolve("other").toString());
    land(other);
    assertThatThrownBy(() -> new LocalTask(props).close())
        .hasMessageContainingAll("TM-152", table.toString());
    assertThat(table.resolve("_delta_log/00000000000000000002.json")).doesNotExist();
  }

  @Test
  void isNotMadeAgainWhereAConnectorHasSeveral() throws IOException {
    Map<String, String> props = props("table.base.path", table.getParent());
    land(props);
    delete();
    try (LocalTask again = new LocalTask(props)) {
      assertThatThrownBy(() -> again.land(List.of(ORDER, ORDER)))
          .hasMessageContainingAll("TM-153", table.toString());
    }
    assertThat(table).doesNotExist();
  }

  private Map<String, String> props(String key, Path location) {
    return Map.of(
        key,
        location.toString(),
        "checkpoint.location",
        directory.resolve("checkpoint").toString());
  }

  private void land(Map<String, String> props) {
    try (LocalTask task = new LocalTask(props)) {
      task.land(List.of(ORDER));
    }
    assertThat(Files.exists(table)).isTrue();
  }

  private void delete() {
    assertThat(FileUtil.fullyDelete(table.toFile())).isTrue();
  }
}
