package io.tidemark.windows.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.windows.FatalError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged state is what it was, or it is an error; it is never an older one. */
class DamagedStateTest {

  private static final int KEYS = 50;

  @TempDir private Path directory;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What a store has after many writes and flushes, and as the death of its process leaves it. */
  private Map<String, String> write(Path place) throws IOException {
    Map<String, String> content = new HashMap<>();
    Path live = place.resolveSibling("live-" + place.getFileName());
    try (StateStore store = RocksStateStore.open(live)) {
      for (int i = 0; i < 600; i++) {
        String key = "k" + i % KEYS;
        StateChanges changes = new StateChanges().put(bytes(key), bytes("value " + i));
        content.put(key, "value " + i);
        if (i % 200 == 199) {
          // A range that is removed makes RocksDB write its files.
          changes.remove(bytes("a"), bytes("b"));
        }
        store.write(changes);
      }
      awaitFlushed(live);
      store.write(new StateChanges().put(bytes("last"), bytes("of all")));
      content.put("last", "of all");
      copy(live, place);
    }
    return content;
  }

  /** Until the files are as they stay while nothing is written. */
  private static void awaitFlushed(Path live) throws IOException {
    Map<String, Long> before;
    Map<String, Long> now = sizes(live);
    int same = 0;
    while (same < 200) {
      Thread.onSpinWait();
      before = now;
      now = sizes(live);
      same = now.equals(before) ? same + 1 : 0;
    }
  }

  private static Map<String, Long> sizes(Path live) throws IOException {
    Map<String, Long> sizes = new HashMap<>();
    for (Path file : files(live)) {
      sizes.put(file.getFileName().toString(), Files.exists(file) ? Files.size(file) : -1);
    }
    return sizes;
  }

  private static List<Path> files(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (Path file : files(from)) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
  }

  private static String outcome(Path place, Map<String, String> content) {
    try (StateStore store = RocksStateStore.open(place)) {
      for (Map.Entry<String, String> entry : content.entrySet()) {
        byte[] value = store.get(bytes(entry.getKey()));
        if (value == null || !Arrays.equals(value, bytes(entry.getValue()))) {
          return "older: " + entry.getKey();
        }
      }
      return "exact";
    } catch (FatalError e) {
      assertThat(e.getMessage()).startsWith("TM-4");
      return e.getMessage().substring(0, 6);
    }
  }

  @Test
  void isExactOrAnErrorWhateverFileIsDamaged() throws IOException {
    long seed = Long.getLong("tidemark.seed", System.nanoTime());
    Random random = new Random(seed);
    Path whole = directory.resolve("whole");
    Map<String, String> content = write(whole);
    assertThat(outcome(clone(whole, "untouched"), content)).isEqualTo("exact");
    List<String> outcomes = new ArrayList<>();
    int copies = 0;
    for (Path file : files(whole)) {
      String name = file.getFileName().toString();
      int length = (int) Files.size(file);
      for (String damage :
          List.of("remove", "empty", "minus 1", "minus 7", "half", "flip", "flip", "flip last")) {
        Path place = clone(whole, "copy" + copies++);
        Path damaged = place.resolve(name);
        byte[] bytes = Files.readAllBytes(damaged);
        if (damage.equals("remove")) {
          Files.delete(damaged);
        } else if (length > 0) {
          switch (damage) {
            case "empty" -> bytes = new byte[0];
            case "minus 1" -> bytes = Arrays.copyOf(bytes, length - 1);
            case "minus 7" -> bytes = Arrays.copyOf(bytes, Math.max(0, length - 7));
            case "half" -> bytes = Arrays.copyOf(bytes, length / 2);
            case "flip" -> bytes[random.nextInt(length)] ^= 0x20;
            default -> bytes[length - 1] ^= 1;
          }
          Files.write(damaged, bytes);
        }
        for (int opening = 0; opening < 2; opening++) {
          outcomes.add(name + " " + damage + ": " + outcome(place, content));
        }
      }
    }
    assertThat(outcomes)
        .as("seed %s", seed)
        .noneMatch(outcome -> outcome.contains("older"))
        .anyMatch(outcome -> outcome.matches("\\d+\\.log remove: TM-4(51|63)"))
        .anyMatch(outcome -> outcome.matches("\\d+\\.log minus 7: TM-463"))
        .anyMatch(outcome -> outcome.matches("MANIFEST-\\d+ minus 1: TM-463"))
        .anyMatch(outcome -> outcome.equals("CURRENT remove: TM-463"))
        .anyMatch(outcome -> outcome.equals("TIDEMARK remove: TM-463"));
  }

  private Path clone(Path whole, String name) throws IOException {
    Path place = directory.resolve(name);
    copy(whole, place);
    return place;
  }

  @Test
  void saysWhatIsGoneAndWhatToDo() throws IOException {
    Path place = directory.resolve("state");
    write(place);
    Files.delete(place.resolve("CURRENT"));
    List<Path> before = files(place);
    assertThatThrownBy(() -> RocksStateStore.open(place))
        .isInstanceOf(FatalError.class)
        .hasMessageContaining("part of it is gone, CURRENT is missing")
        .hasMessageContaining("delete the directory and reset the connector's offsets");
    assertThat(files(place)).as("nothing new in its place").isEqualTo(before);
  }

  @Test
  void beginsAgainWhereNothingWasWritten() throws IOException {
    Path place = directory.resolve("state");
    RocksStateStore.open(place).close();
    RocksStateStore.open(place).close();
    for (Path file : files(place)) {
      if (!file.endsWith(StateMark.NAME)) {
        Files.delete(file);
      }
    }
    try (StateStore store = RocksStateStore.open(place)) {
      store.write(new StateChanges().put(bytes("a"), bytes("b")));
    }
    try (StateStore store = RocksStateStore.open(place)) {
      assertThat(store.get(bytes("a"))).isEqualTo(bytes("b"));
    }
  }

  /** A process can die between any two steps in which RocksDB creates a database. */
  @Test
  void opensWhateverAnInterruptedCreationLeaves() throws IOException {
    Path created = directory.resolve("created");
    RocksStateStore.open(created).close();
    List<Path> parts =
        files(created).stream()
            .filter(file -> !file.endsWith(StateMark.NAME))
            .filter(file -> !file.toString().endsWith(".log"))
            .toList();
    assertThat(parts).anyMatch(part -> part.endsWith("CURRENT"));
    for (int subset = 0; subset < 1 << parts.size(); subset++) {
      Path place = Files.createDirectories(directory.resolve("subset" + subset));
      Files.copy(created.resolve(StateMark.NAME), place.resolve(StateMark.NAME));
      for (int i = 0; i < parts.size(); i++) {
        if ((subset & 1 << i) != 0) {
          Files.copy(parts.get(i), place.resolve(parts.get(i).getFileName()));
        }
      }
      try (StateStore store = RocksStateStore.open(place)) {
        store.write(new StateChanges().put(bytes("a"), bytes("b")));
      }
      assertThat(outcome(place, Map.of("a", "b"))).as("subset %s", subset).isEqualTo("exact");
    }
  }
}
