package io.tidemark.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.MaintainedStorage;
import io.tidemark.storage.Storages;
import io.tidemark.storage.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commit protocol relies on, for any storage. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StorageContract {

  private static final int MEGABYTE = 1 << 20;

  @TempDir Path local;

  private final String location;
  private final Map<String, String> properties;
  private HadoopFileSystems fileSystems;
  private MaintainedStorage storage;

  /**
   * @param location does not exist yet
   * @param properties for Hadoop
   */
  StorageContract(String location, Map<String, String> properties) {
    this.location = location;
    this.properties = properties;
  }

  /** Whether a listing may show a name that is an artefact of the server, and not a file. */
  boolean isOfTheServer(String name) {
    return false;
  }

  @BeforeAll
  void open() {
    fileSystems = new HadoopFileSystems(properties);
    storage = Storages.open(location, fileSystems);
  }

  @AfterAll
  void close() {
    fileSystems.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, MEGABYTE})
  void createsAFileOnceAndKeepsItsContent(int bytes) throws IOException {
    String file = "once/" + bytes;
    byte[] content = content(bytes);

    assertThat(storage.createIfAbsent(file, content)).isTrue();
    assertThat(storage.createIfAbsent(file, text("second"))).isFalse();

    assertThat(storage.read(file)).hasValue(content);
    assertThat(sizes("once")).containsEntry(Integer.toString(bytes), (long) bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, MEGABYTE})
  void createsAFileFromALocalOne(int bytes) throws IOException {
    String file = "copy/" + bytes;
    byte[] content = content(bytes);
    Path source = Files.write(local.resolve("content"), content);

    assertThat(storage.createIfAbsent(file, source)).isTrue();
    Files.write(source, text("second"));
    assertThat(storage.createIfAbsent(file, source)).isFalse();

    assertThat(storage.read(file)).hasValue(content);
    assertThat(source).hasContent("second");
  }

  @Test
  void createsNothingWhenTheLocalFileCannotBeRead() throws IOException {
    // A directory opens like a file, and fails when it is read.
    Path unreadable = Files.createDirectories(local.resolve("directory"));

    assertThatThrownBy(() -> storage.createIfAbsent("unread/1", unreadable))
        .isInstanceOf(IOException.class);

    assertThat(storage.read("unread/1")).isEmpty();
    assertThat(storage.files("unread")).isEmpty();
    assertThat(storage.createIfAbsent("unread/1", text("now"))).isTrue();
  }

  @Test
  void oneOfTwoProcessesCreatesEachFile() throws IOException {
    Path file = Contestant.write(local.resolve("hadoop.properties"), properties);
    Contestants contestants = Contestants.shared();
    List<Contestant> winners = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      winners.add(contestants.winner(file, location, "processes/" + i));
    }

    for (int i = 0; i < winners.size(); i++) {
      String name = "processes/" + i;
      assertThat(storage.read(name)).as(name).hasValue(winners.get(i).content(name));
    }
    assertThat(storage.files("processes")).hasSize(winners.size());
  }

  @Test
  void oneOfFourThreadsCreatesEachFile() throws Exception {
    int threads = 4;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      for (int i = 0; i < 50; i++) {
        String name = "threads/" + i;
        List<Future<Boolean>> created =
            IntStream.range(0, threads)
                .mapToObj(
                    thread ->
                        executor.submit(
                            () -> {
                              start.await();
                              return storage.createIfAbsent(name, threadContent(thread));
                            }))
                .toList();
        List<Integer> winners = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
          if (created.get(thread).get()) {
            winners.add(thread);
          }
        }
        assertThat(winners).as(name).hasSize(1);
        assertThat(storage.read(name)).as(name).hasValue(threadContent(winners.get(0)));
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(storage.files("threads")).hasSize(50);
  }

  @Test
  void readersSeeAFileWholeOrNotAtAll() throws Exception {
    byte[] content = content(MEGABYTE);
    List<String> names = IntStream.range(0, 8).mapToObj(Integer::toString).toList();
    CompletableFuture<Void> written = new CompletableFuture<>();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> looks =
          executor.submit(
              () -> {
                int count = 0;
                for (boolean last = false; !last; count++) {
                  last = written.isDone();
                  look(names, content);
                }
                return count;
              });
      for (String name : names) {
        assertThat(storage.createIfAbsent("whole/" + name, content)).isTrue();
      }
      written.complete(null);
      assertThat(looks.get()).isPositive();
    } finally {
      executor.shutdownNow();
    }
  }

  /** What a listing shows can be read, and is whole. */
  private void look(List<String> names, byte[] content) throws IOException {
    List<String> listed =
        storage.list("whole").stream().filter(name -> !isOfTheServer(name)).toList();
    assertThat(names).containsAll(listed);
    for (StoredFile file : storage.files("whole")) {
      if (!file.isTemporary() && !isOfTheServer(file.name())) {
        assertThat(file.bytes()).as(file.name()).isEqualTo(content.length);
      }
    }
    String newest = names.get(Math.min(listed.size(), names.size() - 1));
    Optional<byte[]> read = storage.read("whole/" + newest);
    assertThat(read.isEmpty() || Arrays.equals(read.get(), content)).isTrue();
    if (!listed.isEmpty()) {
      String last = listed.get(listed.size() - 1);
      assertThat(storage.read("whole/" + last)).hasValue(content);
    }
  }

  @Test
  void listsFilesAndDirectoriesThatAreThere() throws IOException {
    for (String name : List.of("1", "2", "below/3")) {
      storage.createIfAbsent("listed/" + name, text(name));
    }

    assertThat(storage.list("listed")).containsExactlyInAnyOrder("1", "2");
    assertThat(sizes("listed")).isEqualTo(Map.of("1", 1L, "2", 1L));
    assertThat(storage.directories("listed")).containsExactly("below");
    assertThat(storage.list("listed/below")).containsExactly("3");
    assertThat(storage.list("")).isEmpty();
    assertThat(storage.directories("")).contains("listed");

    storage.delete("listed/1");
    storage.delete("listed/below/3");

    assertThat(storage.list("listed")).containsExactly("2");
    assertThat(storage.list("listed/below")).isEmpty();
    assertThat(storage.read("listed/1")).isEmpty();
    assertThat(storage.createIfAbsent("listed/1", text("again"))).isTrue();
    assertThat(storage.read("listed/1")).hasValue(text("again"));
  }

  @Test
  void takesWhatIsAbsentForEmpty() throws IOException {
    storage.createIfAbsent("absent/1", text("1"));

    assertThat(storage.list("absent/none")).isEmpty();
    assertThat(storage.files("absent/none")).isEmpty();
    assertThat(storage.directories("absent/none")).isEmpty();
    assertThat(storage.read("absent/none/1")).isEmpty();
    storage.delete("absent/none/1");
    storage.delete("absent/2");

    assertThat(storage.list("absent")).containsExactly("1");
    assertThat(storage.directories("absent")).isEmpty();
  }

  @Test
  void movesAFileToAFreeName() throws IOException {
    storage.createIfAbsent("moved/1", text("one"));
    storage.createIfAbsent("moved/2", text("two"));

    storage.move("moved/1", "moved/away/1");
    assertThatThrownBy(() -> storage.move("moved/2", "moved/away/1"))
        .isInstanceOf(IOException.class);

    assertThat(storage.list("moved")).containsExactly("2");
    assertThat(storage.read("moved/away/1")).hasValue(text("one"));
    assertThat(storage.read("moved/2")).hasValue(text("two"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"with a space", "plus+", "half%20encoded", "key=ü", "semi;colon&"})
  void keepsNamesAsTheyAre(String name) throws IOException {
    assertThat(storage.createIfAbsent("names/" + name + "/" + name, text(name))).isTrue();

    assertThat(storage.read("names/" + name + "/" + name)).hasValue(text(name));
    assertThat(storage.directories("names")).contains(name);
    assertThat(storage.list("names/" + name)).containsExactly(name);
  }

  private Map<String, Long> sizes(String directory) throws IOException {
    return storage.files(directory).stream()
        .collect(Collectors.toMap(StoredFile::name, StoredFile::bytes));
  }

  private static byte[] threadContent(int thread) {
    return text(("thread " + thread + "\n").repeat(1000));
  }

  private static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return content;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
