package io.tidemark.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest {

  @TempDir Path root;
  private Storage storage;

  @BeforeEach
  void open() {
    storage = Storages.open(root.resolve("checkpoint").toString(), new HadoopFileSystems(Map.of()));
  }

  @Test
  void createsAFileOnceAndKeepsItsContent() throws IOException {
    assertThat(storage.createIfAbsent("offsets/0", "first".getBytes(UTF_8))).isTrue();
    assertThat(storage.createIfAbsent("offsets/0", "second".getBytes(UTF_8))).isFalse();
    assertThat(storage.read("offsets/0")).hasValue("first".getBytes(UTF_8));
  }

  @Test
  void letsOneOfManyThreadsCreateAFile() throws Exception {
    int threads = 4;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (int file = 0; file < 50; file++) {
        String path = "batches/" + file;
        CyclicBarrier together = new CyclicBarrier(threads);
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
          byte[] content = ("writer " + thread).getBytes(UTF_8);
          racers.add(
              () -> {
                together.await();
                return storage.createIfAbsent(path, content);
              });
        }
        int winner = -1;
        List<Future<Boolean>> results = executor.invokeAll(racers);
        for (int thread = 0; thread < threads; thread++) {
          if (results.get(thread).get()) {
            assertThat(winner).as("two winners of " + path).isEqualTo(-1);
            winner = thread;
          }
        }
        assertThat(storage.read(path)).hasValue(("writer " + winner).getBytes(UTF_8));
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void listsFilesAndNeitherTemporariesNorMissingDirectories() throws IOException {
    assertThat(storage.list("segments")).isEmpty();
    storage.createIfAbsent("segments/a", new byte[] {1});
    storage.createIfAbsent("segments/b", new byte[] {2});
    Files.write(root.resolve("checkpoint/segments/.tmp-left-by-a-crash"), new byte[] {3});
    assertThat(storage.list("segments")).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void leavesNoTemporaryAfter() throws IOException {
    storage.createIfAbsent("segments/a", new byte[] {1});
    storage.createIfAbsent("segments/a", new byte[] {2});
    try (var files = Files.list(root.resolve("checkpoint/segments"))) {
      assertThat(files).extracting(path -> path.getFileName().toString()).containsExactly("a");
    }
  }

  @Test
  void deletesAFileAndBearsItsAbsence() throws IOException {
    storage.createIfAbsent("commits/0", new byte[] {1});
    storage.delete("commits/0");
    storage.delete("commits/0");
    assertThat(storage.read("commits/0")).isEmpty();
  }

  /** Spark's files have one each, and a stale one would make Hadoop refuse a later file. */
  @Test
  void deletesTheChecksumThatHadoopPutBesideAFile() throws IOException {
    storage.createIfAbsent("commits/0", new byte[] {1});
    Files.write(root.resolve("checkpoint/commits/.0.crc"), new byte[] {2});
    Files.write(root.resolve("checkpoint/commits/.1.crc"), new byte[] {3});
    assertThat(storage.list("commits")).containsExactly("0");
    storage.delete("commits/0");
    assertThat(root.resolve("checkpoint/commits/.0.crc")).doesNotExist();
    assertThat(root.resolve("checkpoint/commits/.1.crc")).exists();
  }

  @Test
  void refusesAFileSystemWithoutAtomicCreate() {
    assertThatThrownBy(
            () -> Storages.open("http://host/checkpoint", new HadoopFileSystems(Map.of())))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("TM-700")
        .hasMessageContaining("http");
  }
}
