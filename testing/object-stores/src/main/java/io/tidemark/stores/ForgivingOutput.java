package io.tidemark.stores;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The way to a store, which may answer and close before it has read a body. What it no longer reads
 * is dropped, so that the client can send all of it and get the answer.
 */
final class ForgivingOutput extends FilterOutputStream {

  private boolean closed;

  ForgivingOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    attempt(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() {
    attempt(out::flush);
  }

  private void attempt(Step step) {
    if (closed) {
      return;
    }
    try {
      step.run();
    } catch (IOException e) {
      closed = true;
    }
  }

  private interface Step {
    void run() throws IOException;
  }
}
