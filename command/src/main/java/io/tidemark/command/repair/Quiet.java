package io.tidemark.command.repair;

import io.tidemark.storage.MaintainedStorage;
import io.tidemark.storage.StoredFile;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Whether a connector seems to run, judged by the newest file that only a running connector writes.
 * This is not certain: a connector without records writes nothing. A wrong answer does no harm,
 * because the protocol keeps two writers apart.
 */
public final class Quiet {

  /** A connector that commits once a minute shows itself within this time. */
  public static final long LONG_ENOUGH_MS = 120_000;

  private Quiet() {}

  /** The last time a file was written that only a running connector writes, epoch milliseconds. */
  public static OptionalLong lastSignMs(MaintainedStorage storage) throws IOException {
    long last = -1;
    for (String directory : List.of("segments", "batches", "commits", "sessions")) {
      for (StoredFile file : storage.files(directory)) {
        last = Math.max(last, file.modifiedMs());
      }
    }
    return last < 0 ? OptionalLong.empty() : OptionalLong.of(last);
  }
}
