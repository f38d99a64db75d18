package io.tidemark.sink.file;

import io.tidemark.storage.WholeFiles;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A new file for Parquet to write, under a name that is nobody else's. It is synced to the device
 * when it closes, if the store supports that. After {@code discard} it drops all bytes, so that a
 * writer can be closed to free its memory without writing its buffers.
 */
final class DurableOutput implements OutputFile {

  private final WholeFiles files;
  private final Path path;
  private Stream stream;

  DurableOutput(WholeFiles files, Path path) {
    this.files = files;
    this.path = path;
  }

  /** Bytes that Parquet has handed over. */
  long written() {
    return stream == null ? 0 : stream.position;
  }

  void discard() throws IOException {
    if (stream != null) {
      stream.discard();
    }
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    stream = new Stream(files.create(path));
    return stream;
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public String getPath() {
    return path.toString();
  }

  private static final class Stream extends PositionOutputStream {

    private final FSDataOutputStream out;
    private long position;
    private boolean open = true;

    Stream(FSDataOutputStream out) {
      this.out = out;
    }

    void discard() throws IOException {
      if (open) {
        open = false;
        if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
          out.abort();
        }
        out.close();
      }
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      if (open) {
        out.write(b);
      }
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (open) {
        out.write(bytes, offset, length);
      }
      position += length;
    }

    @Override
    public void flush() throws IOException {
      if (open) {
        out.flush();
      }
    }

    @Override
    public void close() throws IOException {
      if (open) {
        if (out.hasCapability(StreamCapabilities.HSYNC)) {
          out.hsync();
        }
        open = false;
        out.close();
      }
    }
  }
}
