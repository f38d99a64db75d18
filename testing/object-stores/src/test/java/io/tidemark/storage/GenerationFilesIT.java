package io.tidemark.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.cluster.Patience;
import io.tidemark.stores.GcsServer;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object is whole or absent, whatever happens to those who write it. */
class GenerationFilesIT {

  private static final int LARGE = 20 << 20;
  private static final Patience PATIENCE = Patience.ofSeconds(30);

  private static GcsServer server;
  private static HadoopFileSystems fileSystems;
  private static GenerationFiles files;

  @BeforeAll
  static void open() throws IOException {
    server = GcsServer.start("lab");
    fileSystems =
        new HadoopFileSystems(
            Map.of(
                "fs.gs.storage.root.url", server.endpoint() + "/",
                "fs.gs.auth.service.account.enable", "false",
                "fs.gs.auth.null.enable", "true"));
    files = (GenerationFiles) fileSystems.wholeFiles(new Path("gs://lab/"));
  }

  @AfterAll
  static void close() {
    fileSystems.close();
    server.close();
  }

  @AfterEach
  void endNoOtherTest() {
    Thread.interrupted();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1000, 256 << 10, LARGE})
  void createsTheWholeObjectWhenItsCallerIsInterrupted(int bytes) {
    byte[] content = content(bytes);
    String name = "interrupted-" + bytes;

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> files.createIfAbsent(path(name), content))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessageContaining(name);
    assertThat(Thread.interrupted()).isTrue();

    PATIENCE.await("the upload is complete", () -> server.content(name).isPresent());
    assertThat(server.content(name)).hasValue(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1000, 256 << 10, LARGE})
  void createsNothingWhenTheContentBreaksOff(int bytes) throws Exception {
    String name = "broken-" + bytes;

    assertThatThrownBy(() -> files.createIfAbsent(path(name), () -> new Broken(content(bytes))))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is broken");

    PATIENCE.await("no upload is left", () -> uploads() == 0);
    assertThat(server.content(name)).isEmpty();
  }

  @Test
  void createsALargeObjectInParts() throws IOException {
    byte[] content = content(LARGE);

    assertThat(files.createIfAbsent(path("large"), content)).isTrue();
    assertThat(files.createIfAbsent(path("large"), content)).isFalse();

    assertThat(server.content("large")).hasValue(content);
  }

  @Test
  void replacesAnObject() throws IOException {
    files.replace(path("replaced"), content(10));
    files.replace(path("replaced"), content(20));

    assertThat(server.content("replaced")).hasValue(content(20));
  }

  /** The threads of the client that upload something. */
  private static long uploads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(
            thread ->
                java.util.Arrays.stream(thread.getValue())
                    .anyMatch(frame -> frame.getClassName().endsWith("UploadOperation")))
        .count();
  }

  private static Path path(String name) {
    return new Path("gs://lab/" + name);
  }

  private static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return content;
  }

  /** A file that cannot be read to its end. */
  private static final class Broken extends FilterInputStream {

    Broken(byte[] readable) {
      super(new ByteArrayInputStream(readable));
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      if (count < 0) {
        throw new IOException("the disk is broken");
      }
      return count;
    }
  }
}
