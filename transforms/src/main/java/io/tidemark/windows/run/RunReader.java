package io.tidemark.windows.run;

import java.io.IOException;

/** Reads one run in order. Arrays are the reader's own and valid until the next move. */
public interface RunReader extends AutoCloseable {

  /** Moves to the first entry whose key is not below these bytes. */
  boolean seek(byte[] key) throws IOException;

  /** Moves to the next entry; to the first one if there was no move before. */
  boolean next() throws IOException;

  /** Bytes of the key, from index 0. */
  byte[] key();

  int keyLength();

  /** Bytes of the value, from index 0. */
  byte[] value();

  int valueLength();

  @Override
  void close() throws IOException;
}
