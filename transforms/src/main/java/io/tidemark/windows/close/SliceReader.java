package io.tidemark.windows.close;

import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.fold.WindowFold;
import io.tidemark.windows.run.RunReader;
import java.io.IOException;
import java.util.OptionalLong;

/** The groups of one slice in a run, read as if they were a run; reused from slice to slice. */
final class SliceReader implements RunReader {

  private final RunReader run;
  private final ByteWriter seek = new ByteWriter(16);
  private byte[] key = new byte[64];
  private int keyLength;
  private long slice;
  private boolean fresh;

  SliceReader(RunReader run) {
    this.run = run;
  }

  /** Starts reading this slice at its first group. */
  void slice(long startMicros) {
    slice = startMicros;
    fresh = true;
  }

  /** The first slice at or after this time that has groups; empty when there is none. */
  OptionalLong firstFrom(long micros) throws IOException {
    fresh = true;
    seek.truncate(0);
    WindowFold.writeTime(micros, seek);
    return run.seek(seek.copy())
        ? OptionalLong.of(WindowFold.readTime(run.key()))
        : OptionalLong.empty();
  }

  /** Callers only seek to the start of the slice. */
  @Override
  public boolean seek(byte[] from) throws IOException {
    if (from.length > 0) {
      throw new UnsupportedOperationException("a slice is read from its beginning");
    }
    fresh = false;
    seek.truncate(0);
    WindowFold.writeTime(slice, seek);
    return take(run.seek(seek.copy()));
  }

  @Override
  public boolean next() throws IOException {
    return fresh ? seek(new byte[0]) : take(run.next());
  }

  private boolean take(boolean found) {
    if (!found || WindowFold.readTime(run.key()) != slice) {
      return false;
    }
    keyLength = run.keyLength() - Long.BYTES;
    if (key.length < keyLength) {
      key = new byte[keyLength * 2];
    }
    System.arraycopy(run.key(), Long.BYTES, key, 0, keyLength);
    return true;
  }

  @Override
  public byte[] key() {
    return key;
  }

  @Override
  public int keyLength() {
    return keyLength;
  }

  @Override
  public byte[] value() {
    return run.value();
  }

  @Override
  public int valueLength() {
    return run.valueLength();
  }

  @Override
  public void close() throws IOException {
    run.close();
  }
}
