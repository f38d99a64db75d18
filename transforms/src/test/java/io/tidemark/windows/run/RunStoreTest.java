package io.tidemark.windows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both providers keep one contract. */
class RunStoreTest {

  private static final byte[] BEGINNING = {};

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void givesBackWhatWasWrittenFromAnyKeyOn(Provider provider) throws IOException {
    RunStore store = provider.open(directory);
    Random random = new Random(7);
    TreeMap<String, String> entries = new TreeMap<>();
    for (int i = 0; i < 3_000; i++) {
      entries.put(
          "k" + random.nextInt(100_000) + "x".repeat(random.nextInt(90)), "v".repeat(i % 70));
    }
    RunFile run = write(store, "one", entries);
    assertThat(run.entries()).isEqualTo(entries.size());
    try (RunReader reader = store.open(run)) {
      assertThat(read(reader, BEGINNING)).isEqualTo(lines(entries));
      assertThat(read(reader, bytes("k5"))).isEqualTo(lines(entries.tailMap("k5")));
      assertThat(read(reader, bytes("k3"))).isEqualTo(lines(entries.tailMap("k3")));
      assertThat(read(reader, bytes("l"))).isEmpty();
    }
    try (RunReader reader = store.open(run)) {
      assertThat(reader.next()).isTrue();
      assertThat(key(reader)).isEqualTo(entries.firstKey());
    }
  }

  @ParameterizedTest
  @EnumSource
  void opensSeveralReadersOfARunEachAtItsOwnPlace(Provider provider) throws IOException {
    RunStore store = provider.open(directory);
    List<RunReader> readers =
        store.open(write(store, "one", new TreeMap<>(Map.of("a", "1", "b", "2", "c", "3"))), 3);
    assertThat(readers).hasSize(3);
    assertThat(readers.get(0).seek(bytes("b"))).isTrue();
    assertThat(readers.get(1).seek(bytes("c"))).isTrue();
    assertThat(readers.get(2).next()).isTrue();
    readers.get(2).close();
    assertThat(readers.get(0).next()).isTrue();
    assertThat(key(readers.get(0))).isEqualTo("c");
    readers.get(0).close();
    assertThat(key(readers.get(1))).isEqualTo("c");
    assertThat(readers.get(1).next()).isFalse();
    readers.get(1).close();
  }

  @ParameterizedTest
  @EnumSource
  void leavesNothingOfARunThatWasNotFinished(Provider provider) throws IOException {
    RunStore store = provider.open(directory);
    try (RunWriter writer = store.create("open")) {
      writer.add(bytes("a"), 0, 1, bytes("b"), 0, 1);
    }
    assertThat(store.list()).isEmpty();
    try (var files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsAMissingFromADamagedFile(Provider provider) throws IOException {
    RunStore store = provider.open(directory);
    RunFile run = write(store, "one", new TreeMap<>(Map.of("a", "1", "b", "2")));
    Path file = directory.resolve("state/op").resolve(run.file());
    byte[] content = Files.readAllBytes(file);
    for (int at = 0; at < content.length; at += 7) {
      byte[] damaged = content.clone();
      damaged[at] ^= 4;
      Files.write(file, damaged);
      assertThatThrownBy(() -> store.open(run))
          .isInstanceOf(TidemarkException.class)
          .hasMessageContaining("TM-431")
          .hasMessageContaining(run.file());
    }
    Files.write(file, Arrays.copyOf(content, content.length - 1));
    assertThatThrownBy(() -> store.open(run)).isInstanceOf(TidemarkException.class);
    store.delete(run.file());
    assertThatThrownBy(() -> store.open(run)).isInstanceOf(RunMissingException.class);
  }

  @ParameterizedTest
  @EnumSource
  void refusesANameThatIsTaken(Provider provider) throws IOException {
    RunStore store = provider.open(directory);
    write(store, "one", new TreeMap<>(Map.of("a", "1")));
    assertThatThrownBy(() -> write(store, "one", new TreeMap<>(Map.of("a", "2"))))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("TM-432");
  }

  @ParameterizedTest
  @EnumSource
  void mergesRunsKeyByKeyInTheOrderOfTheRuns(Provider provider) throws IOException {
    RunStore store = provider.open(directory);
    Random random = new Random(11);
    TreeMap<String, List<String>> expected = new TreeMap<>();
    List<RunReader> readers = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      TreeMap<String, String> entries = new TreeMap<>();
      for (int i = 0; i < 200; i++) {
        entries.put("k" + random.nextInt(400), number + "." + i);
      }
      entries.forEach((k, v) -> expected.computeIfAbsent(k, any -> new ArrayList<>()).add(v));
      readers.add(store.open(write(store, "run" + number, entries)));
    }
    try (MergingReader merging = new MergingReader(readers)) {
      for (String from : List.of("", "k2", "k1", "z")) {
        TreeMap<String, List<String>> found = new TreeMap<>();
        merging.seek(bytes(from));
        while (merging.nextKey()) {
          List<String> values = new ArrayList<>();
          while (merging.nextValue()) {
            values.add(
                new String(merging.value(), 0, merging.valueLength(), StandardCharsets.UTF_8));
          }
          found.put(
              new String(merging.key(), 0, merging.keyLength(), StandardCharsets.UTF_8), values);
        }
        assertThat(found).isEqualTo(expected.tailMap(from));
      }
    }
  }

  private static RunFile write(RunStore store, String name, Map<String, String> sorted)
      throws IOException {
    try (RunWriter writer = store.create(name)) {
      for (Map.Entry<String, String> entry : sorted.entrySet()) {
        byte[] key = bytes(entry.getKey());
        byte[] value = bytes(entry.getValue());
        writer.add(key, 0, key.length, value, 0, value.length);
      }
      return writer.finish();
    }
  }

  private static List<String> read(RunReader reader, byte[] from) throws IOException {
    List<String> lines = new ArrayList<>();
    for (boolean more = reader.seek(from); more; more = reader.next()) {
      lines.add(
          key(reader)
              + "="
              + new String(reader.value(), 0, reader.valueLength(), StandardCharsets.UTF_8));
    }
    return lines;
  }

  private static String key(RunReader reader) {
    return new String(reader.key(), 0, reader.keyLength(), StandardCharsets.UTF_8);
  }

  private static List<String> lines(Map<String, String> entries) {
    return entries.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
