package io.tidemark.storage;

import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Proves that a location keeps what the commit protocol stands on, before anything depends on it: a
 * file is created once, is read as it was written, and is listed. Some object stores and emulators
 * accept conditional requests and ignore the condition.
 */
public final class Probe {

  /** Readers of Delta tables leave out names with this first character. */
  private static final String NAME_START = "_tidemark_probe-";

  private static final String FILE = "once";

  private Probe() {}

  /**
   * Tries a location with seven requests. What it creates, it deletes. Local file systems are not
   * tried, since hard links decide there.
   *
   * @throws io.tidemark.common.TidemarkException TM-703 when the location does not keep it
   * @throws IOException when the location cannot be reached or written
   */
  public static void require(String location, HadoopFileSystems fileSystems) throws IOException {
    String directory = NAME_START + UUID.randomUUID();
    MaintainedStorage storage = Storages.open(location, fileSystems);
    if (storage instanceof LocalStorage) {
      return;
    }
    Optional<String> finding;
    try {
      finding = finding(storage, directory);
    } catch (IOException e) {
      try {
        remove(storage, new Path(location, directory), fileSystems);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
    remove(storage, new Path(location, directory), fileSystems);
    if (finding.isPresent()) {
      throw StorageErrors.notAtomic(location, finding.get());
    }
  }

  private static void remove(Storage storage, Path directory, HadoopFileSystems fileSystems)
      throws IOException {
    storage.delete(directory.getName() + "/" + FILE);
    if (fileSystems.wholeFiles(directory).needsDirectories()) {
      FileSystem fileSystem = fileSystems.of(directory);
      fileSystem.delete(directory, true);
    }
  }

  /** What is wrong with the storage, as the end of a sentence; empty when nothing is. */
  static Optional<String> finding(Storage storage, String directory) throws IOException {
    String file = directory + "/" + FILE;
    byte[] first = ("the first content of " + file).getBytes(StandardCharsets.UTF_8);
    byte[] second = "the second content".getBytes(StandardCharsets.UTF_8);
    if (!storage.createIfAbsent(file, first)) {
      return Optional.of("it refused to create a file that did not exist");
    }
    if (storage.createIfAbsent(file, second)) {
      return Optional.of("it created a file although there was one of that name");
    }
    List<String> names = storage.list(directory);
    if (!names.equals(List.of(FILE))) {
      return Optional.of("it did not list a file that had just been created");
    }
    Optional<byte[]> found = storage.read(file);
    if (found.isEmpty()) {
      return Optional.of("it did not find a file that had just been created");
    }
    if (!Arrays.equals(found.get(), first)) {
      return Optional.of(
          TidemarkException.message(
              "it returned %d bytes other than the %d bytes that had been written",
              found.get().length, first.length));
    }
    return Optional.empty();
  }
}
