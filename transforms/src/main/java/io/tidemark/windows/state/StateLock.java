package io.tidemark.windows.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Locks a store against other processes, and against the same plugin loaded twice in this process,
 * which RocksDB's own lock does not prevent. The lock ends with the process.
 */
final class StateLock implements AutoCloseable {

  private final FileChannel channel;

  private StateLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks a store.
   *
   * @param file the lock file; created if it does not exist, and never deleted
   */
  static StateLock take(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new StateLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw StateErrors.locked(file, e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw StateErrors.locked(file, null);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
