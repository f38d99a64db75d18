package io.tidemark.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.source.offset.Shards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory that reading takes, whatever the size of what is read: each in a JVM with little of it.
 */
@Tag("long")
class MemoryTest {

  @TempDir Path directory;

  @Test
  void readsASnapshotOfAHundredThousandFiles() throws Exception {
    Path table = directory.resolve("many");
    List<String> paths = new LargeTables(table).manyFiles(100);
    assertThat(paths).hasSize(100_000);
    int tasks = 4;
    Shards shards = new Shards(16);
    long ofFirstTask = paths.stream().filter(path -> shards.of(path) < 16 / tasks).count();
    assertThat(read("64m", table, ofFirstTask, tasks)).endsWith("rows " + ofFirstTask + "\n");
  }

  @Test
  void readsAFileThatIsManyTimesItsMemory() throws Exception {
    Path table = directory.resolve("one");
    new LargeTables(table).oneFile(320_000, 1000);
    assertThat(read("64m", table, 320_000, 1)).endsWith("rows 320000\n");
  }

  private String read(String heap, Path table, long rows, int tasks)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            ReadEverything.class.getName(),
            table.toString(),
            "" + rows,
            "" + tasks);
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }
}
