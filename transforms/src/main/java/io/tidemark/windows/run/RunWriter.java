package io.tidemark.windows.run;

import java.io.IOException;

/** Writes one run. Closing it before {@link #finish} leaves nothing behind. */
public interface RunWriter extends AutoCloseable {

  /**
   * Adds an entry.
   *
   * @param key sorts (as unsigned bytes) behind the one before, never equal to it
   */
  void add(byte[] key, int keyFrom, int keyLength, byte[] value, int valueFrom, int valueLength)
      throws IOException;

  /** Bytes so far, about. */
  long bytes();

  /**
   * Makes the file durable and visible as a whole.
   *
   * @throws IOException when the outcome is unknown; the name is then spent
   */
  RunFile finish() throws IOException;

  @Override
  void close() throws IOException;
}
