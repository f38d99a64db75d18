package io.tidemark.delta.table;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ThreadLocalRandom;

/** Random pauses between the rounds of a commit. Their bound doubles each time, up to a limit. */
final class Backoff {

  private static final long FIRST_MS = 20;
  private static final long LONGEST_MS = 2_000;

  private long boundMs = FIRST_MS;

  /** Waits for a random time, at most the bound of this round. */
  void pause() throws IOException {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(boundMs + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted between two attempts to commit");
    }
    boundMs = Math.min(boundMs * 2, LONGEST_MS);
  }
}
