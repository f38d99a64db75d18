package io.tidemark.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenamedFilesTest {

  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir java.nio.file.Path directory;
  private final Renaming fileSystem = new Renaming();
  private final WholeFiles files = new RenamedFiles(fileSystem);

  @BeforeEach
  void open() throws IOException {
    fileSystem.initialize(URI.create("file:///"), new Configuration(false));
  }

  @Test
  void doesNotKnowWhoWonWhenTheAnswerToItsRenameIsLost() {
    fileSystem.answer = Answer.LOST;

    assertThatThrownBy(() -> files.createIfAbsent(file(), CONTENT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is gone");

    assertThat(directory.resolve("file")).hasBinaryContent(CONTENT);
  }

  @Test
  void losesWhenTheNameIsTaken() throws IOException {
    Files.write(directory.resolve("file"), new byte[] {9});
    fileSystem.answer = Answer.REFUSED;

    assertThat(files.createIfAbsent(file(), CONTENT)).isFalse();

    assertThat(directory.resolve("file")).hasBinaryContent(new byte[] {9});
    assertThat(names()).containsExactly("file");
  }

  @Test
  void failsWhenTheRenameIsRefusedAndThereIsNoFile() throws IOException {
    fileSystem.answer = Answer.REFUSED;

    assertThatThrownBy(() -> files.createIfAbsent(file(), CONTENT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("was refused, and no such file exists");

    assertThat(names()).isEmpty();
  }

  private Path file() {
    return new Path(directory.resolve("file").toUri());
  }

  private List<String> names() throws IOException {
    try (Stream<java.nio.file.Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private enum Answer {
    LOST,
    REFUSED
  }

  /** A file system whose client sends a rename again after its answer was lost. */
  private static final class Renaming extends RawLocalFileSystem {

    private Answer answer;

    @Override
    public boolean rename(Path source, Path target) throws IOException {
      return answer == Answer.LOST && !super.rename(source, target);
    }
  }
}
