package io.tidemark.windows.run;

import java.io.IOException;

/** Writes one run. Closing it before {@link #finish} leaves nothing behind. */
public interface RunWriter extends AutoCloseable {

  /**
   * Adds an entry.
   *
   * @param key sorts (as unsigned bytes) after the previous one, never equal to it
   */
  void add(byte[] key, int keyFrom, int keyLength, byte[] value, int valueFrom, int valueLength)
      throws IOException;

  /** Approximate number of bytes so far. */
  long bytes();

  /**
   * Makes the file durable and visible as a whole.
   *
   * @throws IOException when the outcome is unknown; the name must then not be used again
   */
  RunFile finish() throws IOException;

  @Override
  void close() throws IOException;
}
