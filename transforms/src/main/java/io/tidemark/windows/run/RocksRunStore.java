package io.tidemark.windows.run;

import io.tidemark.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;
import org.rocksdb.SstFileWriter;

/**
 * Runs as RocksDB's SST files. A file is written on local disk and then copied into the storage as
 * a whole. On a local file system it is read in place, otherwise from a local copy.
 */
public final class RocksRunStore implements RunStore {

  private static final String EXTENSION = ".sst";
  private static final int BLOCK_BYTES = 32 * 1024;

  /** The block format of RocksDB 6.6 and later: a newer format is not needed. */
  private static final int FORMAT_VERSION = 5;

  private final Storage storage;
  private final String directory;
  private final Path scratch;

  /**
   * @param directory relative to the storage's root
   * @param scratch local directory for files that are being written or were copied
   * @throws io.tidemark.common.TidemarkException when the native library cannot be loaded
   */
  public RocksRunStore(Storage storage, String directory, Path scratch) {
    this.storage = storage;
    this.directory = directory;
    this.scratch = scratch;
    try {
      RocksDB.loadLibrary();
    } catch (RuntimeException | LinkageError e) {
      throw RunErrors.noRocks(e);
    }
  }

  @Override
  public RunWriter create(String name) throws IOException {
    Files.createDirectories(scratch);
    return new Writer(file(name), scratch.resolve(file(name)));
  }

  @Override
  public List<RunReader> open(RunFile run, int readers) throws IOException {
    String path = directory + "/" + run.file();
    Optional<Path> own = storage.localFile(path);
    if (own.isPresent()) {
      return readers(run, own.get(), false, readers);
    }
    byte[] bytes =
        storage.read(path).orElseThrow(() -> new RunMissingException(describe(run.file())));
    Files.createDirectories(scratch);
    Path copy = Files.createTempFile(scratch, "read-", EXTENSION);
    Files.write(copy, bytes);
    return readers(run, copy, true, readers);
  }

  private List<RunReader> readers(RunFile run, Path file, boolean copied, int count)
      throws IOException {
    try {
      if (!Files.exists(file)) {
        throw new RunMissingException(describe(run.file()));
      }
      if (Files.size(file) != run.bytes() || crc(file) != run.crc()) {
        throw RunErrors.damaged(
            describe(run.file()), "size or checksum differ from those in the batch's plan", null);
      }
      OpenSst sst = new OpenSst(describe(run.file()), file, copied);
      List<RunReader> readers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        readers.add(new Reader(sst));
      }
      return readers;
    } catch (IOException | RuntimeException e) {
      if (copied) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
  }

  @Override
  public String file(String name) {
    return name + EXTENSION;
  }

  @Override
  public void delete(String file) throws IOException {
    storage.delete(directory + "/" + file);
  }

  @Override
  public List<String> list() throws IOException {
    return storage.list(directory);
  }

  @Override
  public String describe(String file) {
    return directory + "/" + file + " of " + storage.location();
  }

  private static int crc(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        crc.update(buffer, 0, read);
      }
    }
    return (int) crc.getValue();
  }

  private final class Writer implements RunWriter {

    private final String file;
    private final Path local;
    private final Options options;
    private final EnvOptions environment = new EnvOptions();
    private final SstFileWriter writer;
    private ByteBuffer key = ByteBuffer.allocateDirect(256);
    private ByteBuffer value = ByteBuffer.allocateDirect(256);
    private long entries;
    private long bytes;
    private boolean closed;

    Writer(String file, Path local) throws IOException {
      this.file = file;
      this.local = local;
      this.options =
          new Options()
              .setCompressionType(CompressionType.LZ4_COMPRESSION)
              .setTableFormatConfig(
                  new BlockBasedTableConfig()
                      .setBlockSize(BLOCK_BYTES)
                      .setFormatVersion(FORMAT_VERSION));
      this.writer = new SstFileWriter(environment, options);
      try {
        writer.open(local.toString());
      } catch (RocksDBException e) {
        close();
        throw new IOException("Cannot create " + local, e);
      }
    }

    @Override
    public void add(
        byte[] keyBytes, int keyFrom, int keyLength, byte[] valueBytes, int from, int length)
        throws IOException {
      key = filled(key, keyBytes, keyFrom, keyLength);
      value = filled(value, valueBytes, from, length);
      try {
        writer.put(key, value);
      } catch (RocksDBException e) {
        throw new IOException("Cannot write " + local, e);
      }
      entries++;
      bytes += keyLength + length;
    }

    private static ByteBuffer filled(ByteBuffer buffer, byte[] source, int from, int length) {
      ByteBuffer large =
          buffer.capacity() < length ? ByteBuffer.allocateDirect(length * 2) : buffer;
      large.clear();
      large.put(source, from, length);
      large.flip();
      return large;
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public RunFile finish() throws IOException {
      try {
        writer.finish();
      } catch (RocksDBException e) {
        throw new IOException("Cannot finish " + local, e);
      }
      RunFile run = new RunFile(file, Files.size(local), crc(local), entries);
      if (!storage.createIfAbsent(directory + "/" + file, local)) {
        throw RunErrors.nameTaken(describe(file));
      }
      return run;
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        writer.close();
        environment.close();
        options.close();
        Files.deleteIfExists(local);
      }
    }
  }

  /** A file that is open for its readers; the last one closes it. */
  private static final class OpenSst {

    private final String name;
    private final Path file;
    private final boolean isCopy;
    private final Options options = new Options();
    private final ReadOptions readOptions = new ReadOptions().setFillCache(false);
    private final SstFileReader reader = new SstFileReader(options);
    private int users;

    OpenSst(String name, Path file, boolean isCopy) {
      this.name = name;
      this.file = file;
      this.isCopy = isCopy;
      try {
        reader.open(file.toString());
      } catch (RocksDBException e) {
        reader.close();
        readOptions.close();
        options.close();
        throw RunErrors.damaged(name, e.getMessage(), e);
      }
    }

    SstFileReaderIterator entries() {
      users++;
      return reader.newIterator(readOptions);
    }

    void close(SstFileReaderIterator entries) throws IOException {
      entries.close();
      users--;
      if (users == 0) {
        reader.close();
        readOptions.close();
        options.close();
        if (isCopy) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static final class Reader implements RunReader {

    private final OpenSst sst;
    private final SstFileReaderIterator entries;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(1024);
    private byte[] key = new byte[64];
    private int keyLength;
    private byte[] value = new byte[64];
    private int valueLength;
    private boolean begun;

    Reader(OpenSst sst) {
      this.sst = sst;
      this.entries = sst.entries();
    }

    @Override
    public boolean seek(byte[] from) {
      begun = true;
      entries.seek(from);
      return take();
    }

    @Override
    public boolean next() {
      if (begun) {
        entries.next();
      } else {
        begun = true;
        entries.seekToFirst();
      }
      return take();
    }

    private boolean take() {
      if (!entries.isValid()) {
        try {
          entries.status();
        } catch (RocksDBException e) {
          throw RunErrors.damaged(sst.name, e.getMessage(), e);
        }
        return false;
      }
      keyLength = entries.key(prepared());
      if (keyLength > buffer.capacity()) {
        grow(keyLength);
        keyLength = entries.key(prepared());
      }
      key = copied(key, keyLength);
      valueLength = entries.value(prepared());
      if (valueLength > buffer.capacity()) {
        grow(valueLength);
        valueLength = entries.value(prepared());
      }
      value = copied(value, valueLength);
      return true;
    }

    private ByteBuffer prepared() {
      return buffer.clear();
    }

    private void grow(int length) {
      buffer = ByteBuffer.allocateDirect(length * 2);
    }

    private byte[] copied(byte[] target, int length) {
      byte[] large = target.length < length ? new byte[length * 2] : target;
      buffer.get(0, large, 0, length);
      return large;
    }

    @Override
    public byte[] key() {
      return key;
    }

    @Override
    public int keyLength() {
      return keyLength;
    }

    @Override
    public byte[] value() {
      return value;
    }

    @Override
    public int valueLength() {
      return valueLength;
    }

    @Override
    public void close() throws IOException {
      sst.close(entries);
    }
  }
}
