package io.tidemark.windows.close;

import io.tidemark.windows.fold.Accumulators;
import java.io.IOException;

/** Receives the groups of closed windows, in a deterministic order. */
@FunctionalInterface
public interface ClosedWindows {

  /**
   * One group in one window; called once for each such pair.
   *
   * @param startMicros epoch microseconds, inclusive
   * @param endMicros exclusive
   * @param key holds the group's key, valid during the call
   * @param group valid during the call
   */
  void closed(
      long startMicros,
      long endMicros,
      byte[] key,
      int keyFrom,
      int keyLength,
      Accumulators.Group group)
      throws IOException;
}
