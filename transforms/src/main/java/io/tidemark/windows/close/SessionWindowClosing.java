package io.tidemark.windows.close;

import io.tidemark.checkpoint.log.Run;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.fold.Accumulators;
import io.tidemark.windows.fold.WindowFold;
import io.tidemark.windows.run.MergingReader;
import io.tidemark.windows.run.RunFile;
import io.tidemark.windows.run.RunReader;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Closes sessions: merges the touching pieces of each group, emits the sessions that have ended,
 * and writes the open ones into a new run that replaces all runs that were read. Streaming. All
 * times in epoch microseconds.
 */
public final class SessionWindowClosing {

  private static final byte[] BEGINNING = {};

  private final ByteReader value = new ByteReader();
  private final ByteWriter key = new ByteWriter(64);
  private final ByteWriter bytes = new ByteWriter(64);
  private final Accumulators.Group session;

  private byte[] group = new byte[64];
  private int groupLength = -1;
  private long start;
  private long end;
  private long kept;
  private long minEnd = Long.MAX_VALUE;
  private long maxEnd = Long.MIN_VALUE;

  public SessionWindowClosing(Accumulators layout) {
    this.session = layout.group();
  }

  /**
   * Merges the runs, emits ended sessions and keeps open ones.
   *
   * @param runs without late pieces; closed when this returns
   * @param upto sessions that end at or before this time have ended
   * @param open receives the open sessions; finished only if there is one
   * @return the run of open sessions; empty when all have ended
   */
  public Optional<Run> close(
      List<? extends RunReader> runs, long upto, RunWriter open, ClosedWindows closed)
      throws IOException {
    try (MergingReader merging = new MergingReader(runs)) {
      merging.seek(BEGINNING);
      while (merging.nextKey()) {
        int length = merging.keyLength() - Long.BYTES;
        long from = WindowFold.readLastTime(merging.key(), merging.keyLength());
        while (merging.nextValue()) {
          value.reset(merging.value(), 0, merging.valueLength());
          long to = from + value.readVarint();
          if (!isSame(merging.key(), length) || from > end) {
            flush(upto, open, closed);
            begin(merging.key(), length, from);
          }
          end = Math.max(end, to);
          session.merge(value);
        }
      }
      flush(upto, open, closed);
    }
    if (kept == 0) {
      return Optional.empty();
    }
    RunFile file = open.finish();
    return Optional.of(
        new Run(file.file(), file.bytes(), file.crc(), file.entries(), minEnd, maxEnd));
  }

  private void begin(byte[] entryKey, int length, long from) {
    if (group.length < length) {
      group = new byte[length * 2];
    }
    System.arraycopy(entryKey, 0, group, 0, length);
    groupLength = length;
    start = from;
    end = from;
  }

  private boolean isSame(byte[] entryKey, int length) {
    return groupLength >= 0 && Arrays.equals(entryKey, 0, length, group, 0, groupLength);
  }

  private void flush(long upto, RunWriter open, ClosedWindows closed) throws IOException {
    if (groupLength < 0) {
      return;
    }
    if (end <= upto) {
      closed.closed(start, end, group, 0, groupLength, session);
    } else {
      key.truncate(0);
      key.writeRaw(group, 0, groupLength);
      WindowFold.writeTime(start, key);
      bytes.truncate(0);
      bytes.writeVarint(end - start);
      session.write(bytes);
      open.add(key.array(), 0, key.length(), bytes.array(), 0, bytes.length());
      kept++;
      minEnd = Math.min(minEnd, end);
      maxEnd = Math.max(maxEnd, end);
    }
    session.clear();
    groupLength = -1;
  }
}
