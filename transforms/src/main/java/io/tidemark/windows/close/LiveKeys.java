package io.tidemark.windows.close;

import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.run.MergingReader;
import io.tidemark.windows.run.RunReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The keys of live runs, looked up in ascending order. Each run is read along: a key that is near
 * is reached entry by entry, a distant one by a seek. So a batch with few keys does not read the
 * whole state, and a batch with many reads it once.
 */
final class LiveKeys implements AutoCloseable {

  /** How many entries take as long as a seek. */
  private static final int NEAR = 8;

  private final List<RunReader> runs;
  private final boolean[] isBegun;
  private final boolean[] isOver;
  private final ByteReader value = new ByteReader();

  LiveKeys(List<RunReader> runs) {
    this.runs = List.copyOf(runs);
    this.isBegun = new boolean[runs.size()];
    this.isOver = new boolean[runs.size()];
  }

  /**
   * Whether a run has the key with an event time above this one.
   *
   * @param key not below the previous one
   * @param overMs keys of this event time or an earlier one do not count, milliseconds
   */
  boolean has(byte[] key, int keyLength, long overMs) throws IOException {
    for (int i = 0; i < runs.size(); i++) {
      if (reaches(i, key, keyLength)
          && value.reset(runs.get(i).value(), 0, runs.get(i).valueLength()).readSigned() > overMs) {
        return true;
      }
    }
    return false;
  }

  private boolean reaches(int number, byte[] key, int keyLength) throws IOException {
    RunReader run = runs.get(number);
    if (!isBegun[number]) {
      isBegun[number] = true;
      isOver[number] = !run.seek(Arrays.copyOf(key, keyLength));
    }
    for (int passed = 0; !isOver[number]; passed++) {
      int order = Arrays.compareUnsigned(run.key(), 0, run.keyLength(), key, 0, keyLength);
      if (order >= 0) {
        return order == 0;
      }
      isOver[number] = !(passed < NEAR ? run.next() : run.seek(Arrays.copyOf(key, keyLength)));
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    MergingReader.closeAll(runs);
  }
}
