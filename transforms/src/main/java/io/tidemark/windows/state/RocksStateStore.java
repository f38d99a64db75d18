package io.tidemark.windows.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * A store in RocksDB. Writes go through its log to the operating system, so they survive the end of
 * the process. A power cut can lose the last writes, and a damaged file can lose any. The store
 * then does not open, because its {@link StateMark} records them.
 *
 * <pre>
 *   DIRECTORY/        the database
 *   DIRECTORY.lock    locked while it is open
 * </pre>
 */
public final class RocksStateStore implements StateStore {

  /** The block format of RocksDB 6.6 and later, as for runs; it must not change. */
  private static final int FORMAT_VERSION = 5;

  private static final int FILTER_BITS = 10;
  private static final long BUFFER_BYTES = 8L << 20;
  private static final long LOG_BYTES = 16L << 20;
  private static final int OPEN_FILES = 64;

  /** Changes whenever the files of the database change. */
  private static final String FILES = "rocksdb.current-super-version-number";

  private final Path directory;
  private final StateLock lock;
  private final BloomFilter filter = new BloomFilter(FILTER_BITS);
  private final WriteOptions writing = new WriteOptions();
  private final WriteBatch batch = new WriteBatch();
  private final Options options;
  private final RocksDB database;
  private final StateMark mark;
  private long files = -1;

  private final StateChanges.Target<RocksDBException> filling =
      new StateChanges.Target<>() {
        @Override
        public void remove(byte[] from, byte[] to) throws RocksDBException {
          batch.deleteRange(from, to);
        }

        @Override
        public void put(byte[] key, byte[] value) throws RocksDBException {
          batch.put(key, value);
        }
      };

  private RocksStateStore(Path directory, StateLock lock, StateMark mark)
      throws RocksDBException, IOException {
    this.directory = directory;
    this.lock = lock;
    this.mark = mark;
    this.options = trackingLogs();
    configure(options.setCreateIfMissing(mark.isNew()));
    try {
      this.database = RocksDB.open(options, directory.toString());
    } catch (RocksDBException | RuntimeException e) {
      closeParts();
      throw e;
    }
    try {
      mark.require(database.getLatestSequenceNumber());
      markFiles();
    } catch (IOException | RocksDBException | RuntimeException | Error e) {
      database.close();
      closeParts();
      throw e;
    }
  }

  /**
   * Opens the store in a directory; creates it if there is none.
   *
   * @throws io.tidemark.windows.FatalError when it cannot be opened, or is open elsewhere
   */
  public static StateStore open(Path directory) {
    try {
      RocksDB.loadLibrary();
    } catch (RuntimeException | LinkageError e) {
      throw StateErrors.noRocks(e);
    }
    try {
      Files.createDirectories(directory);
      Path lockFile = directory.resolveSibling(directory.getFileName() + ".lock");
      StateLock lock = StateLock.take(lockFile);
      StateMark mark = null;
      try {
        mark = StateMark.open(directory);
        return new RocksStateStore(directory, lock, mark);
      } catch (IOException | RocksDBException | RuntimeException | Error e) {
        if (mark != null) {
          mark.close();
        }
        lock.close();
        throw e;
      }
    } catch (IOException | RocksDBException | RuntimeException e) {
      throw StateErrors.failed("open", directory, e);
    }
  }

  /**
   * Each log of RocksDB names the previous one, so that a missing log is detected even if later
   * ones exist. The Java API has no method for this option.
   */
  private static Options trackingLogs() {
    Properties properties = new Properties();
    properties.setProperty("track_and_verify_wals", "true");
    try (DBOptions tracking = DBOptions.getDBOptionsFromProps(properties);
        ColumnFamilyOptions columns = new ColumnFamilyOptions()) {
      return new Options(tracking, columns);
    }
  }

  private void configure(Options target) {
    RocksMemory memory = RocksMemory.SHARED;
    target
        // A last record that was cut off when the process died is ignored; any other damage is an
        // error.
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        .setWriteBufferManager(memory.buffers())
        .setWriteBufferSize(BUFFER_BYTES)
        .setMaxTotalWalSize(LOG_BYTES)
        .setMaxOpenFiles(OPEN_FILES)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setKeepLogFileNum(2)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setFormatVersion(FORMAT_VERSION)
                .setBlockCache(memory.cache())
                .setCacheIndexAndFilterBlocks(true)
                .setFilterPolicy(filter));
  }

  @Override
  public byte[] get(byte[] key) {
    try {
      return database.get(key);
    } catch (RocksDBException e) {
      throw StateErrors.failed("read", directory, e);
    }
  }

  @Override
  public void write(StateChanges changes) {
    try {
      batch.clear();
      changes.to(filling);
      database.write(writing, batch);
      if (changes.removes()) {
        // A removed range slows down each read while it is in memory, and hardly at all in a file.
        try (FlushOptions flushing = new FlushOptions().setWaitForFlush(false)) {
          database.flush(flushing);
        }
      }
      mark.reached(database.getLatestSequenceNumber());
      markFiles();
    } catch (IOException | RocksDBException e) {
      throw StateErrors.failed("write", directory, e);
    }
  }

  /** RocksDB appends to its manifest whenever it has written files, on its own threads. */
  private void markFiles() throws IOException, RocksDBException {
    long now = database.getLongProperty(FILES);
    if (now != files) {
      mark.filesChanged();
      files = now;
    }
  }

  @Override
  public void close() {
    database.close();
    closeParts();
    try (lock;
        mark) {
      mark.filesChanged();
    } catch (IOException e) {
      throw StateErrors.failed("close", directory, e);
    }
  }

  private void closeParts() {
    options.close();
    batch.close();
    writing.close();
    filter.close();
  }
}
