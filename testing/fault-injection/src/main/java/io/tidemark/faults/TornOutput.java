package io.tidemark.faults;

import java.io.IOException;
import java.io.OutputStream;

/** Takes some bytes, then fails for good; a shorter file fails when it is closed. */
final class TornOutput extends OutputStream {

  private final OutputStream out;
  private final Runnable struck;
  private final IOException failure;
  private int left;
  private boolean torn;

  /**
   * @param struck called once, at the failure
   */
  TornOutput(OutputStream out, int bytes, IOException failure, Runnable struck) {
    this.out = out;
    this.left = bytes;
    this.failure = failure;
    this.struck = struck;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int taken = Math.min(left, length);
    out.write(bytes, offset, taken);
    left -= taken;
    if (taken < length) {
      out.flush();
      throw tear();
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Fails as HDFS's does when a write has failed before. */
  @Override
  public void close() throws IOException {
    out.close();
    throw tear();
  }

  private IOException tear() {
    if (!torn) {
      torn = true;
      struck.run();
    }
    left = 0;
    return new IOException(failure.getMessage(), failure);
  }
}
