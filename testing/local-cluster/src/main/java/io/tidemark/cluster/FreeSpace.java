package io.tidemark.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Free space of a disk, asked before it runs out in the middle of a run. */
public final class FreeSpace {

  private FreeSpace() {}

  /** Creates the directory, and fails with a clear error when its disk has less than this free. */
  public static void require(Path directory, long neededBytes) {
    try {
      Files.createDirectories(directory);
      long freeBytes = Files.getFileStore(directory).getUsableSpace();
      if (freeBytes < neededBytes) {
        throw ClusterErrors.diskFull(directory, freeBytes, neededBytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
