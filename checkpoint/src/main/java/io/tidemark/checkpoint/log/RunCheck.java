package io.tidemark.checkpoint.log;

import io.tidemark.storage.Storage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Checks whether the file of a run has the content its writer wrote; for the maintenance commands.
 */
public final class RunCheck {

  /** What is wrong with a file that is not there. */
  public static final String MISSING = "it is missing";

  private static final int BUFFER_BYTES = 64 * 1024;

  private final Storage storage;

  public RunCheck(Storage storage) {
    this.storage = storage;
  }

  /** Path of a run in the location. */
  public static String path(String operator, Run run) {
    return "state/" + operator + "/" + run.file();
  }

  /**
   * What is wrong with the file of a run, in a few words; empty when nothing is. Reads the whole
   * file.
   */
  public Optional<String> problem(String operator, Run run) throws IOException {
    String path = path(operator, run);
    Optional<Path> local = storage.localFile(path);
    if (local.isPresent()) {
      return Files.exists(local.get())
          ? problem(run, Files.size(local.get()), () -> Files.newInputStream(local.get()))
          : Optional.of(MISSING);
    }
    Optional<byte[]> content = storage.read(path);
    return content.isPresent()
        ? problem(run, content.get().length, () -> new ByteArrayInputStream(content.get()))
        : Optional.of(MISSING);
  }

  private interface Source {
    InputStream open() throws IOException;
  }

  private static Optional<String> problem(Run run, long bytes, Source source) throws IOException {
    if (bytes != run.bytes()) {
      return Optional.of("it has " + bytes + " bytes of " + run.bytes());
    }
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = source.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        crc.update(buffer, 0, read);
      }
    }
    return (int) crc.getValue() == run.crc()
        ? Optional.empty()
        : Optional.of("its checksum does not match");
  }
}
