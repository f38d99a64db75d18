package io.tidemark.windows.fold;

import io.tidemark.checkpoint.log.Run;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.function.Occurrence;
import io.tidemark.windows.run.RunFile;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;

/**
 * Partials of tumbling and hopping windows, one per slice and group.
 *
 * <pre>
 *   key    start of the slice, 8 bytes, sign bit flipped ‖ group
 *   value  number of records ‖ accumulators
 * </pre>
 */
public final class WindowFold implements Fold {

  private final Slices slices;
  private final Accumulators layout;
  private final FoldTable table;
  private final ByteWriter key = new ByteWriter(64);

  public WindowFold(Slices slices, Accumulators layout) {
    this.slices = slices;
    this.layout = layout;
    this.table = new FoldTable(layout);
  }

  /** The 8 bytes that keys of this slice begin with. */
  public static void writeTime(long micros, ByteWriter out) {
    out.writeLong(micros ^ Long.MIN_VALUE);
  }

  /** The time that a key begins with. */
  public static long readTime(byte[] entryKey) {
    return time(entryKey, 0);
  }

  /** The time that a key of this length ends with. */
  public static long readLastTime(byte[] entryKey, int length) {
    return time(entryKey, length - Long.BYTES);
  }

  @Override
  public void add(byte[] group, int groupLength, Object[] arguments, Occurrence occurrence) {
    key.truncate(0);
    writeTime(slices.sliceOf(occurrence.eventMicros), key);
    key.writeRaw(group, 0, groupLength);
    int at = table.group(key.array(), key.length());
    table.grew(
        layout.add(
            table.numbers(),
            table.firstLong(at),
            table.things(),
            table.firstObject(at),
            arguments,
            occurrence));
  }

  @Override
  public boolean isEmpty() {
    return table.groups() == 0;
  }

  @Override
  public long bytes() {
    return table.bytes();
  }

  @Override
  public Run write(RunWriter writer) throws IOException {
    ByteWriter value = new ByteWriter(64);
    int[] order = table.sorted();
    for (int group : order) {
      value.truncate(0);
      layout.write(
          table.numbers(), table.firstLong(group), table.things(), table.firstObject(group), value);
      writer.add(
          table.keys(),
          table.keyFrom(group),
          table.keyLength(group),
          value.array(),
          0,
          value.length());
    }
    RunFile file = writer.finish();
    return new Run(
        file.file(),
        file.bytes(),
        file.crc(),
        file.entries(),
        time(order[0]),
        time(order[order.length - 1]));
  }

  @Override
  public void clear() {
    table.clear();
  }

  private long time(int group) {
    return time(table.keys(), table.keyFrom(group));
  }

  private static long time(byte[] bytes, int from) {
    long bits = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      bits = bits << 8 | (bytes[i] & 0xFF);
    }
    return bits ^ Long.MIN_VALUE;
  }
}
