package io.tidemark.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopFileSystemsTest {

  private static final Map<String, String> THEIRS =
      Map.of("fs.theirs.impl", TheirFileSystem.class.getName());

  @TempDir java.nio.file.Path directory;

  @Test
  void hasOneFileSystemForABucketAndAnotherForAnotherConfiguration() throws IOException {
    try (HadoopFileSystems one = new HadoopFileSystems(Map.of());
        HadoopFileSystems other = new HadoopFileSystems(Map.of())) {
      Path path = new Path("file:/x");
      assertThat(one.of(path)).isSameAs(one.of(new Path("file:/y")));
      assertThat(one.of(path)).isNotSameAs(other.of(path));
    }
  }

  /** Or a late caller would open a client that nobody closes. */
  @Test
  void opensNothingAfterItWasClosed() throws IOException {
    HadoopFileSystems closed = new HadoopFileSystems(Map.of());
    closed.of(new Path("file:/x"));
    closed.close();
    assertThatThrownBy(() -> closed.of(new Path("file:/x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void readsAFileSystemThatTheUserBringsAndWritesNothingToIt() throws IOException {
    Files.writeString(directory.resolve("file"), "text");
    try (HadoopFileSystems fileSystems = new HadoopFileSystems(THEIRS)) {
      Path file = new Path("theirs:" + directory.resolve("file"));
      WholeFiles files = fileSystems.wholeFiles(file);
      assertThat(files.status(file).getLen()).isEqualTo(4);
      assertThatThrownBy(() -> files.createIfAbsent(file, new byte[1]))
          .isInstanceOf(TidemarkException.class)
          .hasMessageStartingWith("TM-700");
      assertThatThrownBy(() -> files.delete(file)).hasMessageStartingWith("TM-700");
    }
    assertThat(directory.resolve("file")).hasContent("text");
  }

  /** A file system by another name. */
  public static final class TheirFileSystem extends RawLocalFileSystem {

    @Override
    public URI getUri() {
      return URI.create("theirs:///");
    }

    @Override
    public String getScheme() {
      return "theirs";
    }
  }
}
