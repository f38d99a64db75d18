package io.tidemark.delta.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.utils.FileStatus;
import io.tidemark.delta.table.ForwardedFiles;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.WholeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFilesTest {

  private static final String NAME = "00000000000000000000.json";

  @TempDir Path log;

  @BeforeEach
  void commit() throws IOException {
    Files.writeString(log.resolve(NAME), "{}");
    Files.setLastModifiedTime(log.resolve(NAME), FileTime.fromMillis(1_790_000_000_123L));
  }

  /** Or a commit would look replaced: some stores list milliseconds and look up seconds. */
  @Test
  void knowsTheTimeOfACommitInAnObjectStoreToTheSecond() throws IOException {
    TableFiles files = new TableFiles(new WithoutDirectories());
    assertThat(listed(files).getModificationTime()).isEqualTo(1_790_000_000_000L);
    assertThat(files.getFileStatus(path()).getModificationTime()).isEqualTo(1_790_000_000_000L);
  }

  @Test
  void knowsTheTimeOfALocalCommitAsTheFileSystemDoes() throws IOException {
    TableFiles files = new TableFiles(new HadoopFileSystems(Map.of()));
    assertThat(listed(files).getModificationTime()).isEqualTo(1_790_000_000_123L);
    assertThat(files.getFileStatus(path()).getModificationTime()).isEqualTo(1_790_000_000_123L);
  }

  private String path() {
    return "file:" + log.resolve(NAME);
  }

  private FileStatus listed(TableFiles files) throws IOException {
    try (var listing = files.listFrom(path())) {
      return listing.next();
    }
  }

  /** Local files as an object store has them. */
  private static final class WithoutDirectories extends HadoopFileSystems {

    WithoutDirectories() {
      super(Map.of());
    }

    @Override
    public WholeFiles wholeFiles(org.apache.hadoop.fs.Path path) throws IOException {
      return new ForwardedFiles(super.wholeFiles(path)) {
        @Override
        public boolean needsDirectories() {
          return false;
        }
      };
    }
  }
}
