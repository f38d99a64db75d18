package io.tidemark.windows.run;

import io.tidemark.storage.Storage;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Runs in a simple format of this project, built and read in memory, for small state and for
 * machines on which RocksDB's native library cannot be loaded. A file is
 *
 * <pre>
 *   "TMR1"
 *   per entry   how many bytes the key shares with the previous one ‖ the rest of it ‖ the value
 * </pre>
 *
 * Numbers and lengths are varints; the plan or segment has the checksum.
 */
public final class PlainRunStore implements RunStore {

  private static final byte[] MAGIC = {'T', 'M', 'R', '1'};
  private static final String EXTENSION = ".run";

  private final Storage storage;
  private final String directory;

  /**
   * @param directory relative to the storage's root
   */
  public PlainRunStore(Storage storage, String directory) {
    this.storage = storage;
    this.directory = directory;
  }

  @Override
  public RunWriter create(String name) {
    return new Writer(file(name));
  }

  @Override
  public List<RunReader> open(RunFile run, int readers) throws IOException {
    byte[] bytes =
        storage
            .read(directory + "/" + run.file())
            .orElseThrow(() -> new RunMissingException(describe(run.file())));
    if (bytes.length != run.bytes() || crc(bytes, bytes.length) != run.crc()) {
      throw RunErrors.damaged(
          describe(run.file()), "size or checksum differ from those in the batch's plan", null);
    }
    List<RunReader> opened = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      opened.add(new Reader(bytes));
    }
    return opened;
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

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private final class Writer implements RunWriter {

    private final String file;
    private final ByteWriter out = new ByteWriter(4096);
    private byte[] last = {};
    private int lastLength;
    private long entries;

    Writer(String file) {
      this.file = file;
      out.writeRaw(MAGIC, 0, MAGIC.length);
    }

    @Override
    public void add(
        byte[] key, int keyFrom, int keyLength, byte[] value, int valueFrom, int valueLength) {
      int shared = Arrays.mismatch(last, 0, lastLength, key, keyFrom, keyFrom + keyLength);
      if (entries > 0
          && Arrays.compareUnsigned(last, 0, lastLength, key, keyFrom, keyFrom + keyLength) >= 0) {
        throw new IllegalArgumentException("keys out of order");
      }
      shared = shared < 0 ? lastLength : shared;
      out.writeVarint(shared);
      out.writeVarint(keyLength - shared);
      out.writeRaw(key, keyFrom + shared, keyLength - shared);
      out.writeVarint(valueLength);
      out.writeRaw(value, valueFrom, valueLength);
      if (last.length < keyLength) {
        last = new byte[keyLength * 2];
      }
      System.arraycopy(key, keyFrom, last, 0, keyLength);
      lastLength = keyLength;
      entries++;
    }

    @Override
    public long bytes() {
      return out.length();
    }

    @Override
    public RunFile finish() throws IOException {
      byte[] bytes = out.copy();
      if (!storage.createIfAbsent(directory + "/" + file, bytes)) {
        throw RunErrors.nameTaken(describe(file));
      }
      return new RunFile(file, bytes.length, crc(bytes, bytes.length), entries);
    }

    @Override
    public void close() {
      // Nothing to remove: there is no file before finish.
    }
  }

  private static final class Reader implements RunReader {

    private final byte[] bytes;
    private final ByteReader in = new ByteReader();
    private byte[] key = new byte[64];
    private int keyLength;
    private byte[] value = new byte[64];
    private int valueLength;

    Reader(byte[] bytes) {
      this.bytes = bytes;
      rewind();
    }

    private void rewind() {
      in.reset(bytes, MAGIC.length, bytes.length - MAGIC.length);
      keyLength = 0;
    }

    @Override
    public boolean seek(byte[] from) {
      if (keyLength == 0 || Arrays.compareUnsigned(key, 0, keyLength, from, 0, from.length) >= 0) {
        rewind();
      }
      while (next()) {
        if (Arrays.compareUnsigned(key, 0, keyLength, from, 0, from.length) >= 0) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean next() {
      if (in.remaining() == 0) {
        return false;
      }
      int shared = (int) in.readVarint();
      int rest = (int) in.readVarint();
      keyLength = shared + rest;
      if (key.length < keyLength) {
        key = Arrays.copyOf(key, keyLength * 2);
      }
      in.readRaw(key, shared, rest);
      valueLength = (int) in.readVarint();
      if (value.length < valueLength) {
        value = new byte[valueLength * 2];
      }
      in.readRaw(value, 0, valueLength);
      return true;
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
    public void close() {
      // Nothing to close.
    }
  }
}
