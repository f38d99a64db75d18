package io.tidemark.windows.run;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Reads several sorted runs as one: key by key, and for each key the values of all runs that hold
 * it, in the order of the runs. Use:
 *
 * <pre>
 *   merging.seek(from);
 *   while (merging.nextKey()) {
 *     while (merging.nextValue()) { ... }
 *   }
 * </pre>
 */
public final class MergingReader implements AutoCloseable {

  private final List<? extends RunReader> readers;

  /** Readers positioned on an entry, as a binary heap by key, then by number. */
  private final int[] heap;

  private int size;
  private byte[] key = new byte[64];
  private int keyLength;

  /** The reader of the current value; -1 before the first value of a key. */
  private int source = -1;

  public MergingReader(List<? extends RunReader> readers) {
    this.readers = List.copyOf(readers);
    this.heap = new int[readers.size()];
  }

  /** Moves in front of the first key that is not below these bytes. */
  public void seek(byte[] from) throws IOException {
    size = 0;
    source = -1;
    for (int i = 0; i < readers.size(); i++) {
      if (readers.get(i).seek(from)) {
        heap[size++] = i;
        up(size - 1);
      }
    }
  }

  /** Moves to the next key, in front of its first value. */
  public boolean nextKey() throws IOException {
    while (nextValue()) {
      // Skips the remaining values of the previous key.
    }
    if (size == 0) {
      return false;
    }
    RunReader first = readers.get(heap[0]);
    keyLength = first.keyLength();
    if (key.length < keyLength) {
      key = new byte[keyLength * 2];
    }
    System.arraycopy(first.key(), 0, key, 0, keyLength);
    source = -2;
    return true;
  }

  /** Moves to the next value of the key. */
  public boolean nextValue() throws IOException {
    if (source == -1) {
      return false;
    }
    if (source >= 0) {
      advance();
    }
    if (size > 0 && isAtKey(readers.get(heap[0]))) {
      source = heap[0];
      return true;
    }
    source = -1;
    return false;
  }

  /** Bytes of the key, from index 0; valid until the next key. */
  public byte[] key() {
    return key;
  }

  public int keyLength() {
    return keyLength;
  }

  /** Number of the run that has the current value. */
  public int source() {
    return source;
  }

  /** Bytes of the value, from index 0; valid until the next move. */
  public byte[] value() {
    return readers.get(source).value();
  }

  public int valueLength() {
    return readers.get(source).valueLength();
  }

  @Override
  public void close() throws IOException {
    closeAll(readers);
  }

  /** Closes all readers, then throws the first failure. */
  public static void closeAll(List<? extends RunReader> readers) throws IOException {
    IOException failure = null;
    for (RunReader reader : readers) {
      try {
        reader.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void advance() throws IOException {
    if (!readers.get(heap[0]).next()) {
      heap[0] = heap[--size];
    }
    down();
  }

  private boolean isAtKey(RunReader reader) {
    return Arrays.equals(reader.key(), 0, reader.keyLength(), key, 0, keyLength);
  }

  private void up(int start) {
    int at = start;
    while (at > 0 && isBefore(heap[at], heap[(at - 1) / 2])) {
      swap(at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  }

  private void down() {
    int at = 0;
    while (true) {
      int least = at;
      for (int child = 2 * at + 1; child <= 2 * at + 2 && child < size; child++) {
        if (isBefore(heap[child], heap[least])) {
          least = child;
        }
      }
      if (least == at) {
        return;
      }
      swap(at, least);
      at = least;
    }
  }

  private boolean isBefore(int one, int other) {
    RunReader a = readers.get(one);
    RunReader b = readers.get(other);
    int order = Arrays.compareUnsigned(a.key(), 0, a.keyLength(), b.key(), 0, b.keyLength());
    return order < 0 || (order == 0 && one < other);
  }

  private void swap(int one, int other) {
    int kept = heap[one];
    heap[one] = heap[other];
    heap[other] = kept;
  }
}
