package io.tidemark.windows.fold;

import io.tidemark.checkpoint.log.Run;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.run.RunFile;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;

/**
 * The keys of the rows of a segment, in heap, and where their rows are.
 *
 * <pre>
 *   key    bytes of {@link GroupKey}
 *   value  first event time, milliseconds, signed varint ‖ largest one minus the first, varint
 *          ‖ number of the row's file in the segment, varint ‖ number of the row in it, varint
 * </pre>
 *
 * A record that repeats a key is dropped, but its event time is kept: the row is late only if all
 * records of the key are.
 */
public final class KeyFold {

  private static final int FIRST = 0;
  private static final int LARGEST = 1;
  private static final int FILE = 2;
  private static final int POSITION = 3;
  private static final int NUMBERS = 4;

  private final FoldTable table = new FoldTable(NUMBERS, 0);
  private int asked = -1;
  private int rows;

  /**
   * Whether no row of this run has the key yet. If so, call {@link #written} once the row is in a
   * file.
   *
   * @param eventMs event time of the record, rounded up to milliseconds
   */
  public boolean isNew(byte[] key, int keyLength, long eventMs) {
    asked = table.group(key, keyLength);
    long[] numbers = table.numbers();
    int at = table.firstLong(asked);
    if (numbers[at + FILE] > 0) {
      numbers[at + LARGEST] = Math.max(numbers[at + LARGEST], eventMs);
      return false;
    }
    // Without a row so far: an earlier record of the key was rejected, or there was none.
    numbers[at + FIRST] = eventMs;
    numbers[at + LARGEST] = eventMs;
    return true;
  }

  /** The row of the last new key is in a file. */
  public void written(int file, long position) {
    int at = table.firstLong(asked);
    table.numbers()[at + FILE] = file + 1L;
    table.numbers()[at + POSITION] = position;
    rows++;
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** Approximate heap in use, bytes. */
  public long bytes() {
    return table.bytes();
  }

  /** Writes the keys of all rows in order, at least one, and finishes the run. */
  public Run write(RunWriter writer) throws IOException {
    ByteWriter value = new ByteWriter(32);
    long[] numbers = table.numbers();
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int group : table.sorted()) {
      int at = table.firstLong(group);
      if (numbers[at + FILE] > 0) {
        value.truncate(0);
        value.writeSigned(numbers[at + FIRST]);
        value.writeVarint(numbers[at + LARGEST] - numbers[at + FIRST]);
        value.writeVarint(numbers[at + FILE] - 1);
        value.writeVarint(numbers[at + POSITION]);
        writer.add(
            table.keys(),
            table.keyFrom(group),
            table.keyLength(group),
            value.array(),
            0,
            value.length());
        min = Math.min(min, numbers[at + FIRST]);
        max = Math.max(max, numbers[at + LARGEST]);
      }
    }
    RunFile file = writer.finish();
    return new Run(file.file(), file.bytes(), file.crc(), file.entries(), micros(min), micros(max));
  }

  /** Forgets everything. */
  public void clear() {
    table.clear();
    asked = -1;
    rows = 0;
  }

  /** Milliseconds as microseconds; the largest number for those that have no such number. */
  public static long micros(long ms) {
    return ms > Long.MAX_VALUE / 1000
        ? Long.MAX_VALUE
        : ms < Long.MIN_VALUE / 1000 ? Long.MIN_VALUE : ms * 1000;
  }

  /** Rounds up, so that a key never leaves the state too early. */
  public static long millis(long micros) {
    return -Math.floorDiv(-micros, 1000L);
  }

  /** An entry of such a run. */
  public static final class Entry {

    private final ByteReader in = new ByteReader();
    private long first;
    private long largest;
    private int file;
    private long position;

    /** Reads a value, from index 0. */
    public void read(byte[] value, int length) {
      in.reset(value, 0, length);
      first = in.readSigned();
      largest = first + in.readVarint();
      file = Math.toIntExact(in.readVarint());
      position = in.readVarint();
    }

    /** Event time of the record of the row, milliseconds. */
    public long firstMs() {
      return first;
    }

    /** The largest event time of the records with the key. */
    public long largestMs() {
      return largest;
    }

    /** Number of the file in the segment. */
    public int file() {
      return file;
    }

    /** Number of the row in the file, from 0. */
    public long position() {
      return position;
    }
  }
}
