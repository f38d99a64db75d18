package io.tidemark.delta.table;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The local file system, in which reading one chosen file fails in the middle. */
public final class FailingFileSystem extends LocalFileSystem {

  /** Entries for Hadoop's configuration. */
  public static final Map<String, String> CONF =
      Map.of(
          "fs.file.impl", FailingFileSystem.class.getName(), "fs.file.impl.disable.cache", "true");

  private static final AtomicInteger LEFT = new AtomicInteger();
  private static volatile String name = "";

  /** The next {@code times} times that the file is opened, reading it fails. */
  public static void fail(java.nio.file.Path file, int times) {
    name = file.getFileName().toString();
    LEFT.set(times);
  }

  /** How many of these failures are still to come. */
  public static int left() {
    return LEFT.get();
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    FSDataInputStream whole = super.open(path, bufferSize);
    if (!path.getName().equals(name) || LEFT.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
      return whole;
    }
    return new FSDataInputStream(new Half(whole, getFileStatus(path).getLen() / 2));
  }

  private static final class Half extends FSInputStream {
    private final FSDataInputStream whole;
    private final long end;

    Half(FSDataInputStream whole, long end) {
      this.whole = whole;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      requireBefore(1);
      return whole.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      requireBefore(0);
      int most = (int) Math.min(length, Math.max(1, end - whole.getPos()));
      return whole.read(bytes, offset, most);
    }

    private void requireBefore(int more) throws IOException {
      if (whole.getPos() + more >= end) {
        throw new IOException("connection reset");
      }
    }

    @Override
    public void seek(long position) throws IOException {
      whole.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return whole.getPos();
    }

    @Override
    public boolean seekToNewSource(long position) {
      return false;
    }

    @Override
    public void close() throws IOException {
      whole.close();
    }
  }
}
