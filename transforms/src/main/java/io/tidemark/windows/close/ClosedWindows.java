package io.tidemark.windows.close;

import io.tidemark.windows.fold.Accumulators;
import java.io.IOException;

/** Takes the groups of closed windows, in an order that is always the same. */
@FunctionalInterface
public interface ClosedWindows {

  /**
   * One window of one group; no other call names both again.
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
