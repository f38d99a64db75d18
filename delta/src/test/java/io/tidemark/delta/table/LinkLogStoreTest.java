package io.tidemark.delta.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkLogStoreTest {

  @TempDir Path directory;
  private final Configuration conf = new Configuration();
  private final LinkLogStore store = new LinkLogStore(conf);

  @Test
  void neverReplacesACommit() throws IOException {
    write("1.json", false, "ours");
    assertThatThrownBy(() -> write("1.json", false, "theirs"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(directory.resolve("1.json")).hasContent("ours");
    assertOnly("1.json");
  }

  @Test
  void hasOneWinnerWhenManyWriteTheSameCommit() throws Exception {
    for (int round = 0; round < 50; round++) {
      String name = round + ".json";
      List<Boolean> won =
          Race.of(
              4,
              contestant -> {
                try {
                  write(name, false, "by " + contestant);
                  return true;
                } catch (FileAlreadyExistsException e) {
                  return false;
                }
              });
      assertThat(Collections.frequency(won, true)).isEqualTo(1);
      assertThat(directory.resolve(name)).hasContent("by " + won.indexOf(true));
    }
  }

  @Test
  void replacesAPointerAndTheSumsThatHadoopKeptOfIt() throws IOException {
    Files.writeString(directory.resolve("._last_checkpoint.crc"), "sums of something else");
    write("_last_checkpoint", true, "1");
    write("_last_checkpoint", true, "2");
    assertThat(directory.resolve("_last_checkpoint")).hasContent("2");
    assertOnly("_last_checkpoint");
  }

  @Test
  void leavesNothingWhenTheLinesCannotBeMade() {
    Iterator<String> broken =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public String next() {
            throw new IllegalStateException("no more");
          }
        };
    assertThatThrownBy(() -> store.write(path("1.json"), broken, false, conf))
        .isInstanceOf(IllegalStateException.class);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void makesNoDirectory() {
    assertThatThrownBy(() -> write("absent/1.json", false, "x"))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(directory).isEmptyDirectory();
  }

  private void write(String name, boolean overwrite, String line) throws IOException {
    store.write(path(name), List.of(line).iterator(), overwrite, conf);
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path("file:" + directory.resolve(name));
  }

  private void assertOnly(String name) throws IOException {
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly(name);
    }
  }
}
