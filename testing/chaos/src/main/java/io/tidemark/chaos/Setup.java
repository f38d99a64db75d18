package io.tidemark.chaos;

import java.nio.file.Path;

/**
 * The parameters of a run.
 *
 * @param directory for everything that the run writes; empty or absent
 * @param pluginZip the built zip
 * @param seed decides events and payloads
 * @param workers number of Connect workers
 * @param workerHeap as in {@code -Xmx}
 * @param recordsPerSecond what the writer writes
 * @param s3 whether tables and checkpoint locations are on an S3 server, which the storm hits too
 */
public record Setup(
    Path directory,
    Path pluginZip,
    long seed,
    int workers,
    String workerHeap,
    int recordsPerSecond,
    boolean s3) {

  public Setup {
    directory = directory.toAbsolutePath();
  }
}
