package io.tidemark.windows.close;

import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.fold.WindowFold;
import io.tidemark.windows.run.RunReader;
import java.io.IOException;

/** The pieces of sessions in a run, except those that ended before the last batch's watermark. */
public final class OnTimeReader implements RunReader {

  private final RunReader run;
  private final long closedMicros;
  private final ByteReader reader = new ByteReader();
  private long lateRows;

  /**
   * @param closedMicros pieces that end at this time or before are late
   */
  public OnTimeReader(RunReader run, long closedMicros) {
    this.run = run;
    this.closedMicros = closedMicros;
  }

  /** How many records were late so far. */
  public long lateRows() {
    return lateRows;
  }

  @Override
  public boolean seek(byte[] key) throws IOException {
    return skipLate(run.seek(key));
  }

  @Override
  public boolean next() throws IOException {
    return skipLate(run.next());
  }

  private boolean skipLate(boolean found) throws IOException {
    boolean more = found;
    while (more) {
      reader.reset(run.value(), 0, run.valueLength());
      long end = WindowFold.readLastTime(run.key(), run.keyLength()) + reader.readVarint();
      if (end > closedMicros) {
        return true;
      }
      lateRows += reader.readVarint();
      more = run.next();
    }
    return false;
  }

  @Override
  public byte[] key() {
    return run.key();
  }

  @Override
  public int keyLength() {
    return run.keyLength();
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
