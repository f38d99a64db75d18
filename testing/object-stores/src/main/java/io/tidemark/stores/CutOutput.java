package io.tidemark.stores;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The way to a client, which breaks after a number of bytes. */
final class CutOutput extends FilterOutputStream {

  private long left;

  CutOutput(OutputStream out, long bytes) {
    super(out);
    this.left = bytes;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int passed = (int) Math.min(left, length);
    out.write(bytes, offset, passed);
    left -= passed;
    if (passed < length) {
      out.flush();
      throw new IOException("cut by an injected fault");
    }
  }
}
