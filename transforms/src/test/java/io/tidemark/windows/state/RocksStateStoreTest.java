package io.tidemark.windows.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.windows.FatalError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksStateStoreTest {

  @TempDir Path directory;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static StateChanges put(String key, String value) {
    return new StateChanges().put(bytes(key), bytes(value));
  }

  @Test
  void keepsWhatWasWritten() {
    try (StateStore store = RocksStateStore.open(directory.resolve("a/b"))) {
      store.write(put("1", "one").put(bytes("2"), bytes("two")));
      store.write(put("1", "uno"));
      assertThat(store.get(bytes("1"))).isEqualTo(bytes("uno"));
      assertThat(store.get(bytes("3"))).isNull();
    }
    try (StateStore store = RocksStateStore.open(directory.resolve("a/b"))) {
      assertThat(store.get(bytes("1"))).isEqualTo(bytes("uno"));
      assertThat(store.get(bytes("2"))).isEqualTo(bytes("two"));
    }
  }

  @Test
  void removesARangeAndNothingElse() {
    try (StateStore store = RocksStateStore.open(directory.resolve("a"))) {
      for (String key : new String[] {"a", "b", "bb", "c", "d"}) {
        store.write(put(key, key));
      }
      store.write(put("e", "e").remove(bytes("b"), bytes("c")));
      assertThat(store.get(bytes("a"))).isNotNull();
      assertThat(store.get(bytes("b"))).isNull();
      assertThat(store.get(bytes("bb"))).isNull();
      assertThat(store.get(bytes("c"))).isNotNull();
      assertThat(store.get(bytes("e"))).isNotNull();
    }
  }

  @Test
  void isOpenOnce() {
    Path place = directory.resolve("a");
    try (StateStore store = RocksStateStore.open(place)) {
      assertThatThrownBy(() -> RocksStateStore.open(place))
          .isInstanceOf(FatalError.class)
          .hasMessageStartingWith("TM-452 ")
          .hasMessageContaining(place + ".lock");
      assertThat(store.get(bytes("1"))).isNull();
    }
    RocksStateStore.open(place).close();
  }

  @Test
  void failsWithAnErrorWhereThereCanBeNoDirectory() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> RocksStateStore.open(file.resolve("a")))
        .isInstanceOf(FatalError.class)
        .hasMessageStartingWith("TM-451 Cannot open the state in " + file.resolve("a"));
  }

  @Test
  void failsWithAnErrorWhenTheDatabaseIsDamaged() throws IOException {
    Path place = directory.resolve("a");
    RocksStateStore.open(place).close();
    Files.writeString(place.resolve("CURRENT"), "nonsense");
    assertThatThrownBy(() -> RocksStateStore.open(place))
        .isInstanceOf(FatalError.class)
        .hasMessageStartingWith("TM-451 ");
    Path lock = place.resolveSibling("a.lock");
    assertThat(lock).as("released").exists();
    assertThatThrownBy(() -> RocksStateStore.open(place)).hasMessageStartingWith("TM-451 ");
  }
}
