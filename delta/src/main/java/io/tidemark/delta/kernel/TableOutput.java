package io.tidemark.delta.kernel;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.WholeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/** A file that Kernel writes: a commit, a pointer, a checkpoint of a table. */
final class TableOutput implements OutputFile {

  private final HadoopFileSystems fileSystems;
  private final Path file;

  private final BooleanSupplier complete;

  /**
   * @param complete asked when a stream is closed: whether its content may be published
   */
  TableOutput(HadoopFileSystems fileSystems, Path file, BooleanSupplier complete) {
    this.fileSystems = fileSystems;
    this.file = file;
    this.complete = complete;
  }

  @Override
  public String path() {
    return file.toString();
  }

  /** The lines are collected first: they can be read only once, and a create may be repeated. */
  @Override
  public void writeAtomically(CloseableIterator<String> lines, boolean overwrite)
      throws IOException {
    try (lines) {
      TableFiles.write(fileSystems, file, content(lines), overwrite);
    }
  }

  /** The content of a file of lines. */
  static byte[] content(Iterator<String> lines) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (lines.hasNext()) {
      content.write(lines.next().getBytes(StandardCharsets.UTF_8));
      content.write('\n');
    }
    return content.toByteArray();
  }

  @Override
  public PositionOutputStream create(boolean atomically) throws IOException {
    WholeFiles files = fileSystems.wholeFiles(file);
    return files.showsUnfinished() && atomically ? hidden() : new Stream(files.create(file));
  }

  private Stream hidden() throws IOException {
    FileSystem fileSystem = fileSystems.of(file);
    Path hidden =
        new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID() + ".tmp");
    return new Stream(fileSystem.create(hidden)) {
      @Override
      void publish() throws IOException {
        super.publish();
        if (!fileSystem.rename(hidden, file)) {
          fileSystem.delete(hidden, false);
          if (!fileSystem.exists(file)) {
            throw new IOException("rename to " + file + " was refused, and no such file exists");
          }
        }
      }

      @Override
      void discard() throws IOException {
        super.publish();
        fileSystem.delete(hidden, false);
      }
    };
  }

  private class Stream extends PositionOutputStream {

    private final FSDataOutputStream out;
    private boolean open = true;
    private boolean failed;

    Stream(FSDataOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      failed = true;
      out.write(value);
      failed = false;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      failed = true;
      out.write(bytes, offset, length);
      failed = false;
    }

    @Override
    public long getPos() {
      return out.getPos();
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (!open) {
        return;
      }
      open = false;
      if (complete.getAsBoolean() && !failed) {
        publish();
      } else {
        discard();
      }
    }

    void publish() throws IOException {
      out.close();
    }

    /**
     * On an object store a stream that is closed publishes what it has. Where it cannot be aborted,
     * it is not closed, and the store forgets the upload.
     */
    void discard() throws IOException {
      if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
        out.abort();
        out.close();
      }
    }
  }
}
