package io.tidemark.faults;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A file system whose calls fail now and then, for {@code fs.hdfs.impl}. Configured by {@code
 * fs.faulty.seed}, {@code fs.faulty.rate} (of the calls) and {@code fs.faulty.log} (a local file
 * that gets a line for each fault), and {@code fs.faulty.outage} (a local file; while it is there,
 * every call fails whose path contains what the file says).
 */
public final class FaultyFileSystem extends FilterFileSystem {

  private Faults faults;

  /** Called by Hadoop. */
  public FaultyFileSystem() {
    super(new HdfsLikeFileSystem());
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(name, conf);
    faults = Faults.of(name, conf);
  }

  @Override
  public String getScheme() {
    return "hdfs";
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    Optional<FaultKind> fault = faults.next(Operation.CREATE, path);
    FSDataOutputStream out =
        suffer(
            fault.filter(kind -> kind != FaultKind.TORN),
            Operation.CREATE,
            path,
            () ->
                fs.create(
                    path, permission, overwrite, bufferSize, replication, blockSize, progress));
    return new FSDataOutputStream(
        fault.isPresent() && fault.get() == FaultKind.TORN ? torn(out, path) : closing(out, path),
        null);
  }

  /** What {@code FileContext} calls. */
  @Override
  @SuppressWarnings("deprecation") // of FileSystem, which has no other
  protected FSDataOutputStream primitiveCreate(
      Path path,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress,
      Options.ChecksumOpt checksums)
      throws IOException {
    boolean overwrite = flags.contains(CreateFlag.OVERWRITE);
    return create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return call(Operation.OPEN, path, () -> fs.open(path, bufferSize));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return call(Operation.RENAME, to, () -> fs.rename(from, to));
  }

  /** What {@code FileContext} calls. */
  @Override
  @SuppressWarnings("deprecation") // of FileSystem, which has no other
  protected void rename(Path from, Path to, Options.Rename... options) throws IOException {
    call(
        Operation.RENAME,
        to,
        () -> {
          ((HdfsLikeFileSystem) fs).rename(from, to, options);
          return true;
        });
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return call(Operation.DELETE, path, () -> fs.delete(path, recursive));
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return call(Operation.MKDIRS, path, () -> fs.mkdirs(path, permission));
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    return call(Operation.MKDIRS, path, () -> fs.mkdirs(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return call(Operation.LIST, path, () -> fs.listStatus(path));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return call(Operation.STATUS, path, () -> fs.getFileStatus(path));
  }

  private OutputStream torn(FSDataOutputStream out, Path path) {
    return new TornOutput(
        out,
        faults.tornAt(),
        new InjectedException(FaultKind.TORN, Operation.CREATE, path),
        () -> faults.struck(FaultKind.TORN, Operation.CREATE, path));
  }

  /** The stream as it is, but for its end. */
  private OutputStream closing(FSDataOutputStream out, Path path) {
    return new FilterOutputStream(out) {

      private boolean closed;

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        if (!closed) {
          closed = true;
          call(
              Operation.CLOSE,
              path,
              () -> {
                out.close();
                return true;
              });
        }
      }
    };
  }

  private interface Call<T> {
    T run() throws IOException;
  }

  private <T> T call(Operation operation, Path path, Call<T> call) throws IOException {
    return suffer(faults.next(operation, path), operation, path, call);
  }

  private <T> T suffer(Optional<FaultKind> fault, Operation operation, Path path, Call<T> call)
      throws IOException {
    if (fault.isEmpty()) {
      return call.run();
    }
    FaultKind kind = fault.get();
    faults.struck(kind, operation, path);
    if (kind == FaultKind.BEFORE) {
      throw new InjectedException(kind, operation, path);
    }
    if (kind == FaultKind.DELAY) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(faults.delayMs()));
      return call.run();
    }
    T result = call.run();
    if (result instanceof Closeable stream) {
      stream.close();
    }
    throw new InjectedException(kind, operation, path);
  }
}
