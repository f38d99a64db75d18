package io.tidemark.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {

  @TempDir Path root;
  private Storage sound;

  @BeforeEach
  void open() {
    sound = Storages.open(root.toString(), new HadoopFileSystems(Map.of()));
  }

  @Test
  void hasNothingAgainstAFileSystemThatCreatesOnce() throws IOException {
    assertThat(Probe.finding(sound, "probe")).isEmpty();
  }

  /** As emulators do that do not know conditional requests. */
  @Test
  void findsAStoreThatReplacesWhatIsThere() throws IOException {
    Storage replacing =
        new Altered() {
          @Override
          public boolean createIfAbsent(String path, byte[] content) throws IOException {
            sound.delete(path);
            return sound.createIfAbsent(path, content);
          }
        };
    assertThat(Probe.finding(replacing, "probe"))
        .hasValue("it created a file although there was one of that name");
  }

  /** As stores do that keep the framing of a signed request as content. */
  @Test
  void findsAStoreThatReturnsOtherBytesThanWereWritten() throws IOException {
    Storage framing =
        new Altered() {
          @Override
          public Optional<byte[]> read(String path) {
            return Optional.of(new byte[7]);
          }
        };
    assertThat(Probe.finding(framing, "probe"))
        .hasValue("it returned 7 bytes other than the 31 bytes that had been written");
  }

  @Test
  void findsAStoreWhoseListingsLag() throws IOException {
    Storage lagging =
        new Altered() {
          @Override
          public List<String> list(String directory) {
            return List.of();
          }
        };
    assertThat(Probe.finding(lagging, "probe"))
        .hasValue("it did not list a file that had just been created");
  }

  @Test
  void findsAStoreThatTakesAFreeNameForTaken() throws IOException {
    Storage refusing =
        new Altered() {
          @Override
          public boolean createIfAbsent(String path, byte[] content) {
            return false;
          }
        };
    assertThat(Probe.finding(refusing, "probe"))
        .hasValue("it refused to create a file that did not exist");
  }

  private class Altered implements Storage {

    @Override
    public boolean createIfAbsent(String path, byte[] content) throws IOException {
      return sound.createIfAbsent(path, content);
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
      return sound.read(path);
    }

    @Override
    public List<String> list(String directory) throws IOException {
      return sound.list(directory);
    }

    @Override
    public void delete(String path) throws IOException {
      sound.delete(path);
    }

    @Override
    public String location() {
      return sound.location();
    }
  }
}
